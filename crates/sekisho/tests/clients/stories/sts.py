"""STS: who one is, whom one may become, and for how long.

https://docs.aws.amazon.com/STS/latest/APIReference/
"""

import json
from urllib.request import urlopen

from story import *

DEPLOY = f"arn:aws:iam::{STAGING}:role/deploy"
ALICE = f"arn:aws:iam::{TOOLS}:user/alice"
NO_IDENTITY = "because no identity-based policy allows the {} action".format
tools, staging = client("tools", "iam"), client("staging", "iam")


def trusting(statement: dict) -> None:
    """What `deploy` trusts from now on."""
    document = json.dumps(policy(statement))
    staging.update_assume_role_policy(RoleName="deploy", PolicyDocument=document)


def tools_may(actions, **conditions) -> dict:
    """A statement that trusts the account `tools`."""
    return {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{TOOLS}:root"},
        "Action": actions,
        "Condition": conditions,
    }


step("everybody may ask who they are, with either client")
same("account", cli("production", "sts", "get-caller-identity")["Account"], PRODUCTION)
alice = as_user("tools", "alice")
bob = as_user("staging", "bob")
me = client(alice, "sts").get_caller_identity()
same("arn", me["Arn"], ALICE)
same("user id", me["UserId"], tools.get_user(UserName="alice")["User"]["UserId"])

step("who one is can be asked by a URL, which others may use for a minute")
url = client(alice, "sts").generate_presigned_url("get_caller_identity", HttpMethod="GET", ExpiresIn=60)
with urlopen(url, timeout=PATIENCE) as answer:
    assert f"<Arn>{ALICE}</Arn>" in answer.read().decode()

step("a wrong secret, and a key that nobody has")
liar = Caller("tools", alice.key_id, "x" * 40)
WRONG = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key and signing method. Consult the service documentation for details."
)
refused("SignatureDoesNotMatch", WRONG, client(liar, "sts").get_caller_identity, status=403)
refused_cli(liar, "SignatureDoesNotMatch", WRONG, "sts", "get-caller-identity")
nobody = Caller("tools", "AKIAQQQQQQQQQQQQQQQQ", "x" * 40)
INVALID = "The security token included in the request is invalid."
refused("InvalidClientTokenId", INVALID, client(nobody, "sts").get_caller_identity, status=403)

step("becoming a role of another account needs a yes from both")
staging.create_role(
    RoleName="deploy",
    AssumeRolePolicyDocument=json.dumps(
        policy(tools_may("sts:AssumeRole", StringEquals={"sts:ExternalId": "secret"}))
    ),
)
staging.put_role_policy(
    RoleName="deploy", PolicyName="look", PolicyDocument=json.dumps(policy(allow("iam:*")))
)
assume = client(alice, "sts").assume_role
how = {"RoleArn": DEPLOY, "RoleSessionName": "run"}
bare = f"User: {ALICE} is not authorized to perform: sts:AssumeRole on resource: {DEPLOY}"
refused("AccessDenied", bare, assume, status=403, ExternalId="secret", **how)
tools.put_user_policy(
    UserName="alice", PolicyName="become", PolicyDocument=json.dumps(policy(allow("sts:AssumeRole", DEPLOY)))
)
step("a role that does not trust says no more than that")
refused("AccessDenied", bare, assume, status=403, **how)
refused("AccessDenied", bare, assume, ExternalId="guess", **how)
refused_cli(
    alice, "AccessDenied", bare, "sts", "assume-role", "--role-arn", DEPLOY, "--role-session-name", "run"
)
answer = assume(ExternalId="secret", **how)
same("arn", answer["AssumedRoleUser"]["Arn"], f"arn:aws:sts::{STAGING}:assumed-role/deploy/run")
session = Caller.of_session("staging", answer["Credentials"])
same("role name", client(session, "iam").get_role(RoleName="deploy")["Role"]["RoleName"], "deploy")
missing = f"arn:aws:iam::{STAGING}:role/none"
refused(
    "AccessDenied",
    denied(f"arn:aws:iam::{TOOLS}:user/admin", "sts:AssumeRole", "", missing).rstrip(),
    client("tools", "sts").assume_role,
    RoleArn=missing,
    RoleSessionName="run",
)

step("the aws CLI becomes the role by itself, from its profile")
add_profile(
    "deploy",
    role_arn=DEPLOY,
    source_profile="tools",
    external_id="secret",
    role_session_name="from-profile",
    region=REGION,
    endpoint_url=endpoint("tools"),
)
same(
    "arn",
    cli("deploy", "sts", "get-caller-identity")["Arn"],
    f"arn:aws:sts::{STAGING}:assumed-role/deploy/from-profile",
)

step("a session policy narrows the session")
narrow = as_role(alice, DEPLOY, ExternalId="secret", Policy=json.dumps(policy(allow("iam:GetRole"))))
client(narrow, "iam").get_role(RoleName="deploy")
refused(
    "AccessDenied",
    denied(
        f"arn:aws:sts::{STAGING}:assumed-role/deploy/story",
        "iam:ListRoles",
        "because no session policy allows the iam:ListRoles action",
        f"arn:aws:iam::{STAGING}:role/",
    ),
    client(narrow, "iam").list_roles,
    status=403,
)

step("tags and a source identity are permissions of their own, on both sides")
tagged = {"ExternalId": "secret", "Tags": [{"Key": "run", "Value": "7"}], "TransitiveTagKeys": ["run"]}
tools.put_user_policy(
    UserName="alice",
    PolicyName="become",
    PolicyDocument=json.dumps(
        policy(allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], DEPLOY))
    ),
)
refused("AccessDenied", denied(ALICE, "sts:TagSession", "", DEPLOY).rstrip(), assume, **how, **tagged)
trusting(tools_may(["sts:AssumeRole", "sts:TagSession"], StringEquals={"aws:RequestTag/run": "7"}))
assume(**how, **tagged)
named = {**how, "SourceIdentity": "alice"}
trusting(tools_may("sts:AssumeRole"))
refused("AccessDenied", denied(ALICE, "sts:SetSourceIdentity", "", DEPLOY).rstrip(), assume, **named)
trusting(tools_may(["sts:AssumeRole", "sts:SetSourceIdentity"], StringLike={"sts:SourceIdentity": "ali*"}))
same("source identity", assume(**named)["SourceIdentity"], "alice")
refused("AccessDenied", bare, assume, **{**named, "SourceIdentity": "bob"})

step("conditions of trust on the session's name and the caller's address")
trusting(tools_may("sts:AssumeRole", StringLike={"sts:RoleSessionName": "alice-*"}))
refused("AccessDenied", bare, assume, **how)
as_role(alice, DEPLOY, session="alice-1")
trusting(tools_may("sts:AssumeRole", IpAddress={"aws:SourceIp": "203.0.113.0/24"}))
refused("AccessDenied", bare, assume, **how)
trusting(tools_may("sts:AssumeRole", IpAddress={"aws:SourceIp": "127.0.0.0/8"}))
assume(**how)

step("who has no MFA device cannot show one")
trusting(tools_may("sts:AssumeRole", Bool={"aws:MultiFactorAuthPresent": "true"}))
refused("AccessDenied", bare, assume, **how)
code = {"SerialNumber": f"arn:aws:iam::{TOOLS}:mfa/alice", "TokenCode": "123456"}
NO_CODE = (
    "MultiFactorAuthentication failed, unable to validate MFA code.  "
    "Please verify your MFA serial number is valid and associated with this user."
)
refused("AccessDenied", NO_CODE, assume, status=403, **how, **code)

step("a session lasts as long as the role says, and in a chain an hour")
trusting(tools_may("sts:AssumeRole"))
refused(
    "ValidationError",
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    assume,
    status=400,
    DurationSeconds=3601,
    **how,
)
refused(
    "ValidationError",
    "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: "
    "Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    assume,
    status=400,
    RoleArn=DEPLOY,
    RoleSessionName="a b",
)
staging.update_role(RoleName="deploy", MaxSessionDuration=43200)
trusting(
    {
        "Effect": "Allow",
        "Principal": {"AWS": [DEPLOY, f"arn:aws:iam::{TOOLS}:root"]},
        "Action": "sts:AssumeRole",
    }
)
session = as_role(alice, DEPLOY, DurationSeconds=43200)
refused(
    "ValidationError",
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    client(session, "sts").assume_role,
    status=400,
    DurationSeconds=3601,
    **how,
)
chained = as_role(session, DEPLOY, session="again")
same("role id", client(chained, "sts").get_caller_identity()["UserId"].partition(":")[2], "again")

step("the session of a user has what the user has, but not IAM's")
token = client(alice, "sts").get_session_token(DurationSeconds=900)
short = Caller.of_session("tools", token["Credentials"])
same("arn", cli(short, "sts", "get-caller-identity")["Arn"], ALICE)
as_role(short, DEPLOY)
refused(
    "InvalidClientTokenId",
    "The security token included in the request is invalid",
    client(short, "iam").get_user,
    status=403,
)
refused(
    "AccessDenied",
    "Cannot call GetSessionToken with session credentials",
    client(short, "sts").get_session_token,
    status=403,
)

step("a federated user has what both policies allow")
FEDERATED = f"arn:aws:sts::{TOOLS}:federated-user/guest"
refused(
    "AccessDenied",
    denied(ALICE, "sts:GetFederationToken", NO_IDENTITY("sts:GetFederationToken"), FEDERATED),
    client(alice, "sts").get_federation_token,
    Name="guest",
)
guest = client("tools", "sts").get_federation_token(
    Name="guest", Policy=json.dumps(policy(allow("s3:ListAllMyBuckets")))
)
same("arn", guest["FederatedUser"]["Arn"], FEDERATED)
guest = Caller.of_session("tools", guest["Credentials"])
same("buckets", client(guest, "s3").list_buckets()["Buckets"], [])
refused(
    "AccessDeniedException",
    denied(FEDERATED, "kms:ListKeys", "because no session policy allows the kms:ListKeys action", "*"),
    client(guest, "kms").list_keys,
    status=400,
)

step("a key tells its account, and a message that is none is refused")
same("account", client("production", "sts").get_access_key_info(AccessKeyId=alice.key_id)["Account"], TOOLS)
refused(
    "AccessDenied",
    denied(f"arn:aws:iam::{STAGING}:user/bob", "sts:GetAccessKeyInfo", NO_IDENTITY("sts:GetAccessKeyInfo")),
    client(bob, "sts").get_access_key_info,
    AccessKeyId=alice.key_id,
)
refused_cli(
    "tools",
    "InvalidAuthorizationMessageException",
    "The encoded authorization message is invalid.",
    "sts",
    "decode-authorization-message",
    "--encoded-message",
    "nonsense",
)

step("sessions end")
move_clock("1h")
refused(
    "ExpiredToken",
    "The security token included in the request is expired",
    client(narrow, "sts").get_caller_identity,
    status=403,
)
client(session, "sts").get_caller_identity()
staging.delete_role_policy(RoleName="deploy", PolicyName="look")
staging.delete_role(RoleName="deploy")
refused("InvalidClientTokenId", INVALID, client(session, "sts").get_caller_identity, status=403)
