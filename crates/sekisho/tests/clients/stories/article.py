"""The pipeline of three accounts as it is first written down: each thing that AWS refuses in it, in the
order in which somebody who mends one after the other meets them, until the deployment reads its artifact.
"""

import json

import pipeline
from pipeline import ADMIN, BUCKET, DEPLOY, DEPLOYERS, HOME, OBJECTS
from story import *

PIPELINE_ROLE = "codepipeline-service-role"
BUILD_ROLE = "codebuild-service-role"
ARTIFACT = {"Bucket": BUCKET, "Key": "my-service/output.zip"}
iam, kms, s3 = (client("tools", service, HOME) for service in ("iam", "kms", "s3"))


def session_of(account: str, role: str, name: str) -> str:
    """The ARN of a session, as denials name it."""
    return f"arn:aws:sts::{account}:assumed-role/{role}/{name}"


step("services' roles are nobody else's: a stand-in is let in for each")
for role, service in (
    (PIPELINE_ROLE, "codepipeline"),
    (BUILD_ROLE, "codebuild"),
    ("codepipeline-evil", "codepipeline"),
):
    arn = pipeline.make_role("tools", role, pipeline.role_of(service))
    refused(
        "AccessDenied",
        f"User: {ADMIN} is not authorized to perform: sts:AssumeRole on resource: {arn}",
        client("tools", "sts").assume_role,
        status=403,
        RoleArn=arn,
        RoleSessionName="stand-in",
    )
    stand_in = json.dumps(pipeline.role_of(service, stand_in=ADMIN))
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=stand_in)
iam.put_role_policy(
    RoleName=PIPELINE_ROLE,
    PolicyName="CodePipelinePolicy",
    PolicyDocument=json.dumps(pipeline.pipeline_policy()),
)
ours = [f"arn:aws:iam::{TOOLS}:role/{role}" for role in (PIPELINE_ROLE, BUILD_ROLE)]

step("the key policy names roles of the other accounts that are not there, by a name they will not have")
strangers = [f"arn:aws:iam::{account}:role/codepipeline-cross-account" for account in (STAGING, PRODUCTION)]
across = allow(["kms:Decrypt", "kms:DescribeKey"], Principal={"AWS": strangers}, Sid="AllowCrossAccountUse")
NO_SUCH = "Policy contains a statement with one or more invalid principals."
refused(
    "MalformedPolicyDocumentException",
    NO_SUCH,
    kms.create_key,
    status=400,
    Policy=json.dumps(pipeline.key_policy(pipeline.key_use(*ours), across)),
)
key = pipeline.make_key(pipeline.key_policy(pipeline.key_use(*ours)), "pipeline-key")
refused(
    "MalformedPolicyDocumentException",
    NO_SUCH,
    kms.put_key_policy,
    KeyId=key,
    PolicyName="default",
    Policy=json.dumps(pipeline.key_policy(pipeline.key_use(*ours), across)),
)
pipeline.make_bucket(BUCKET, key)

step("so does the bucket policy")
reading = policy(allow(["s3:GetObject", "s3:GetObjectVersion"], OBJECTS, Principal={"AWS": DEPLOYERS}))
refused(
    "MalformedPolicy",
    "Invalid principal in policy",
    s3.put_bucket_policy,
    status=400,
    Bucket=BUCKET,
    Policy=json.dumps(reading),
)
refused_cli(
    "tools",
    "MalformedPolicy",
    "Invalid principal in policy",
    "s3api",
    "put-bucket-policy",
    "--bucket",
    BUCKET,
    "--policy",
    json.dumps(reading),
    region=HOME,
)

step("the roles to deploy with, in their accounts; then both policies are taken")
trusting = trust(
    pipeline.root_of(TOOLS),
    StringEquals={"sts:ExternalId": "agreed-upon"},
    ArnLike={"aws:PrincipalArn": f"arn:aws:iam::{TOOLS}:role/codepipeline-*"},
)
deploying = policy(
    allow(["s3:GetObject", "s3:GetObjectVersion"], "arn:aws:s3:::dev-account-artifacts-bucket/*"),
    allow(["kms:Decrypt", "kms:DescribeKey"], f"arn:aws:kms:{HOME}:{TOOLS}:key/pipeline-key-id"),
)
for account in ("staging", "production"):
    pipeline.make_role(account, DEPLOY, trusting, DeployPolicy=deploying)
    pipeline.make_role(account, "codepipeline-cross-account", trusting)
s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(reading))
kms.put_key_policy(
    KeyId=key, PolicyName="default", Policy=json.dumps(pipeline.key_policy(pipeline.key_use(*ours), across))
)

step("the pipeline cannot become them: it may not, and it has no external id to show")
acting = pipeline.as_service_role(ours[0], "run")
become = client(acting, "sts").assume_role
to_staging = {"RoleArn": DEPLOYERS[0], "RoleSessionName": "deploy"}
agreed = {**to_staging, "ExternalId": "agreed-upon"}


def not_trusted(who: str, role: str = DEPLOYERS[0]) -> str:
    """What STS says where it does not say why."""
    return f"User: {who} is not authorized to perform: sts:AssumeRole on resource: {role}"


run = session_of(TOOLS, PIPELINE_ROLE, "run")
refused("AccessDenied", not_trusted(run), become, status=403, **agreed)
iam.put_role_policy(
    RoleName=PIPELINE_ROLE,
    PolicyName="become",
    PolicyDocument=json.dumps(policy(allow("sts:AssumeRole", DEPLOYERS))),
)
refused("AccessDenied", not_trusted(run), become, **to_staging)
refused("AccessDenied", not_trusted(run), become, **{**to_staging, "ExternalId": "guessed"})
refused_cli(
    acting,
    "AccessDenied",
    not_trusted(run, DEPLOYERS[1]),
    "sts",
    "assume-role",
    "--role-arn",
    DEPLOYERS[1],
    "--role-session-name",
    "deploy",
)
same("arn", become(**agreed)["AssumedRoleUser"]["Arn"], session_of(STAGING, DEPLOY, "deploy"))

step("the pattern on aws:PrincipalArn keeps users and other roles out, but not who has such a name")
may_become = json.dumps(policy(allow("sts:AssumeRole", DEPLOYERS)))
for role in (BUILD_ROLE, "codepipeline-evil"):
    iam.put_role_policy(RoleName=role, PolicyName="become", PolicyDocument=may_become)
refused("AccessDenied", not_trusted(ADMIN), client("tools", "sts").assume_role, **agreed)
building = pipeline.as_service_role(ours[1], "build")
build = session_of(TOOLS, BUILD_ROLE, "build")
refused("AccessDenied", not_trusted(build), client(building, "sts").assume_role, **agreed)
evil = pipeline.as_service_role(f"arn:aws:iam::{TOOLS}:role/codepipeline-evil", "evil")
client(evil, "sts").assume_role(**agreed)
refused(
    "AccessDenied",
    not_trusted(f"arn:aws:iam::{PRODUCTION}:user/admin"),
    client("production", "sts").assume_role,
    **agreed,
)

step("the build uploads; the deployment may not read it: its policy names another bucket")
iam.put_role_policy(
    RoleName=BUILD_ROLE,
    PolicyName="CodeBuildPolicy",
    PolicyDocument=json.dumps(pipeline.build_policy(key, "*")),
)
client(building, "s3", HOME).put_object(Body=b"an artifact", **ARTIFACT)
deployer = as_role(acting, DEPLOYERS[0], "deploy", ExternalId="agreed-upon")
get = client(deployer, "s3", HOME).get_object
deploy = session_of(STAGING, DEPLOY, "deploy")
# Across accounts S3 gives no reason (S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors").
refused("AccessDenied", "Access Denied", get, status=403, **ARTIFACT)

step("with the bucket's name right it may not decrypt: the key policy trusts other roles")


def staging_may(*statements: dict) -> None:
    """What the role in staging may do."""
    client("staging", "iam").put_role_policy(
        RoleName=DEPLOY, PolicyName="DeployPolicy", PolicyDocument=json.dumps(policy(*statements))
    )


read_bucket = allow(["s3:GetObject", "s3:GetObjectVersion"], OBJECTS)
wrong_key = allow(["kms:Decrypt", "kms:DescribeKey"], f"arn:aws:kms:{HOME}:{TOOLS}:key/pipeline-key-id")
right_key = allow(["kms:Decrypt", "kms:DescribeKey"], key)
staging_may(read_bucket, right_key)
hidden = (
    "on the resource associated with this ciphertext because the resource does not exist in this Region, "
    "no resource-based policies allow access, or a resource-based policy explicitly denies access"
)
refused("AccessDenied", denied(deploy, "kms:Decrypt", hidden), get, status=403, **ARTIFACT)

step("with the key policy right, its own policy must name the key")
mended = allow(["kms:Decrypt", "kms:DescribeKey"], Principal={"AWS": DEPLOYERS}, Sid="AllowCrossAccountUse")
kms.put_key_policy(
    KeyId=key, PolicyName="default", Policy=json.dumps(pipeline.key_policy(pipeline.key_use(*ours), mended))
)
staging_may(read_bucket, wrong_key)
no_decrypt = "because no identity-based policy allows the kms:Decrypt action"
refused("AccessDenied", denied(deploy, "kms:Decrypt", no_decrypt, key), get, **ARTIFACT)
staging_may(read_bucket, right_key)
same("artifact", get(**ARTIFACT)["Body"].read(), b"an artifact")
same(
    "artifact", cli(deployer, "s3", "cp", f"s3://{BUCKET}/{ARTIFACT['Key']}", "-", region=HOME), "an artifact"
)
same("key", client(deployer, "kms", HOME).describe_key(KeyId=key)["KeyMetadata"]["Arn"], key)

step("and nothing more")
put = client(deployer, "s3", HOME).put_object
refused("AccessDenied", "Access Denied", put, status=403, Body=b"mine", **ARTIFACT)

step("under the key that S3 has by itself, nobody of another account can read")
staging_may(read_bucket, allow("kms:*"))
by_itself = client(building, "s3", HOME).put_object(
    Body=b"an artifact", ServerSideEncryption="aws:kms", **ARTIFACT
)
managed = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]["Arn"]
same("key", by_itself["SSEKMSKeyId"], managed)
refused("AccessDenied", denied(deploy, "kms:Decrypt", hidden), get, status=403, **ARTIFACT)
client(building, "s3", HOME).put_object(Body=b"an artifact", **ARTIFACT)
same("artifact", get(**ARTIFACT)["Body"].read(), b"an artifact")

step("the condition on the secret's stage holds only for who says the stage")
secret = client("tools", "secretsmanager", HOME).create_secret(Name="build", SecretString="s")["ARN"]
value = client(building, "secretsmanager", HOME).get_secret_value
unsaid = "because no identity-based policy allows the secretsmanager:GetSecretValue action"
refused(
    "AccessDeniedException",
    denied(build, "secretsmanager:GetSecretValue", unsaid, secret),
    value,
    status=400,
    SecretId=secret,
)
same("secret", value(SecretId=secret, VersionStage="AWSCURRENT")["SecretString"], "s")

step("a role made anew is a stranger to the policies that name it")
staging = client("staging", "iam")
staging.delete_role_policy(RoleName=DEPLOY, PolicyName="DeployPolicy")
old = staging.get_role(RoleName=DEPLOY)["Role"]["RoleId"]
staging.delete_role(RoleName=DEPLOY)
pipeline.make_role("staging", DEPLOY, trusting, DeployPolicy=policy(read_bucket, right_key))
kept = json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"][0]["Principal"]["AWS"]
same("principals", sorted(kept), sorted([old, DEPLOYERS[1]]))
again = as_role(acting, DEPLOYERS[0], "deploy", ExternalId="agreed-upon")
refused("AccessDenied", "Access Denied", client(again, "s3", HOME).get_object, status=403, **ARTIFACT)

step("a policy that demands TLS shuts out who comes without, administrators and all")
tls_only = policy(deny("s3:*", OBJECTS, Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}}))
s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(tls_only))
bucket_key = f'"arn:aws:s3:::{BUCKET}/{ARTIFACT["Key"]}"'
insecure = denied(ADMIN, "s3:GetObject", "with an explicit deny in a resource-based policy", bucket_key)
refused("AccessDenied", insecure, s3.get_object, status=403, **ARTIFACT)
