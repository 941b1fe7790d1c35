// Templates that in-host tests open, and what is typed into them.

export const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** A template with something of each service, that nothing is wrong with. */
export const template = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage:
    Type: String
    Default: test
    AllowedValues: [test, production]
  Certificate:
    Type: String
    Default: ${certificate}
    NoEcho: true
Conditions:
  IsLive: !Equals [!Ref Stage, production]
Resources:
  # The shop's pages.
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: api # what the pages ask
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginSSLProtocols: [TLSv1.2]
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad
  Clients:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
    Condition: IsLive
    Properties:
      Name: clients
      CaCertificatesBundleS3Bucket: !Sub "shop-\${Stage}-\${AWS::Region}"
      CaCertificatesBundleS3Key: clients.pem
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !ImportValue Balancer
      Port: 443
      Protocol: HTTPS
      Certificates: [{CertificateArn: !ImportValue ServerCertificate}]
      DefaultActions: [{Type: forward, TargetGroupArn: !ImportValue Targets}]
`;

/** With a part that stands there once as another. */
export function withPart(part: string, other: string, text = template): string {
  if (text.split(part).length !== 2) throw new Error(`Not there once: ${part}`);
  return text.replace(part, () => other);
}

export const protocols = "              OriginSSLProtocols: [TLSv1.2]\n";
export const originMtls = (arn: string) =>
  `${protocols}              OriginMtlsConfig:\n                ClientCertificateArn: ${arn}\n`;
export const actions = "      DefaultActions: [{Type: forward, TargetGroupArn: !ImportValue Targets}]\n";
export const mutual = (block: string) => `${actions}      MutualAuthentication:${block}\n`;
