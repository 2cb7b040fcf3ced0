"""IAM: who there is in an account, and what each may do.

https://docs.aws.amazon.com/IAM/latest/APIReference/
"""

import json

from story import *

ALICE = f"arn:aws:iam::{TOOLS}:user/team/alice"
iam = client("tools", "iam")
nothing = "because no identity-based policy allows the {} action".format

step("users: made with either client, found by name whatever its case, made once")
alice = as_user("tools", "alice", Path="/team/", Tags=[{"Key": "team", "Value": "build"}])
same("arn", cli("tools", "iam", "get-user", "--user-name", "Alice")["User"]["Arn"], ALICE)
refused(
    "EntityAlreadyExists", "User with name ALICE already exists.", iam.create_user, status=409, UserName="ALICE"
)
missing = "The user with name nobody cannot be found."
refused("NoSuchEntity", missing, iam.get_user, status=404, UserName="nobody")
refused_cli("tools", "NoSuchEntity", missing, "iam", "get-user", "--user-name", "nobody")

step("a user without policies is refused everything, and told what is missing")
mine = client(alice, "iam")
refused("AccessDenied", denied(ALICE, "iam:GetUser", nothing("iam:GetUser"), "user alice"), mine.get_user, status=403)
refused(
    "AccessDenied",
    denied(ALICE, "iam:CreateRole", nothing("iam:CreateRole"), f"arn:aws:iam::{TOOLS}:role/mine"),
    mine.create_role, RoleName="mine", AssumeRolePolicyDocument="{}",
)
refused_cli(
    alice, "AccessDenied",
    denied(ALICE, "iam:ListUsers", nothing("iam:ListUsers"), f"arn:aws:iam::{TOOLS}:user/"),
    "iam", "list-users",
)

step("inline policies and variables: users look after their own keys")
own = policy(allow(["iam:*AccessKey*", "iam:GetUser"], f"arn:aws:iam::{TOOLS}:user/team/${{aws:username}}"))
iam.put_user_policy(UserName="alice", PolicyName="own", PolicyDocument=json.dumps(own))
same("document", iam.get_user_policy(UserName="alice", PolicyName="own")["PolicyDocument"], own)
second = mine.create_access_key()["AccessKey"]["AccessKeyId"]
refused(
    "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", mine.create_access_key, status=409
)
mine.update_access_key(AccessKeyId=second, Status="Inactive")
mine.delete_access_key(AccessKeyId=second)
refused(
    "AccessDenied",
    denied(ALICE, "iam:CreateAccessKey", nothing("iam:CreateAccessKey"), "user admin"),
    mine.create_access_key, status=403, UserName="admin",
)
refused(
    "MalformedPolicyDocument", "Syntax errors in policy.",
    iam.put_user_policy, status=400, UserName="alice", PolicyName="broken", PolicyDocument="{",
)

step("groups, and the managed policies of AWS")
iam.create_group(GroupName="readers")
iam.attach_group_policy(GroupName="readers", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
iam.add_user_to_group(GroupName="readers", UserName="alice")
listed = mine.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 1})
same("users", [user["UserName"] for page in listed for user in page["Users"]], ["admin", "alice"])
refused(
    "DeleteConflict", "Cannot delete entity, must detach all policies first.",
    iam.delete_group, status=409, GroupName="readers",
)

step("managed policies have five versions, and an explicit deny names its policy")
first = json.dumps(policy(allow("s3:*")))
made = cli(
    "tools", "iam", "create-policy", "--policy-name", "work", "--policy-document", first,
    "--tags", "Key=team,Value=build",
)["Policy"]["Arn"]
iam.attach_user_policy(UserName="alice", PolicyArn=made)
client(alice, "s3").create_bucket(Bucket="alices-bucket")
careful = json.dumps(policy(allow("s3:*"), deny("s3:DeleteBucket")))
iam.create_policy_version(PolicyArn=made, PolicyDocument=careful, SetAsDefault=True)
refused(
    "AccessDenied",
    denied(
        ALICE, "s3:DeleteBucket", f"with an explicit deny in an identity-based policy: {made}",
        '"arn:aws:s3:::alices-bucket"',
    ),
    client(alice, "s3").delete_bucket, status=403, Bucket="alices-bucket",
)
for _ in range(3):
    iam.create_policy_version(PolicyArn=made, PolicyDocument=first)
full = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."
refused("LimitExceeded", full, iam.create_policy_version, status=409, PolicyArn=made, PolicyDocument=first)
iam.set_default_policy_version(PolicyArn=made, VersionId="v1")
client(alice, "s3").delete_bucket(Bucket="alices-bucket")
refused(
    "DeleteConflict", "Cannot delete a policy attached to entities.", iam.delete_policy, status=409, PolicyArn=made
)

step("an attribute of the caller and of the resource")
by_tag = {"StringEquals": {"iam:ResourceTag/team": "${aws:PrincipalTag/team}"}}
tagging = policy(allow("iam:TagUser", Condition=by_tag))
iam.put_user_policy(UserName="alice", PolicyName="tags", PolicyDocument=json.dumps(tagging))
iam.create_user(UserName="colleague", Tags=[{"Key": "team", "Value": "build"}])
iam.create_user(UserName="stranger", Tags=[{"Key": "team", "Value": "sales"}])
mine.tag_user(UserName="colleague", Tags=[{"Key": "seen", "Value": "yes"}])
refused(
    "AccessDenied", denied(ALICE, "iam:TagUser", nothing("iam:TagUser"), "user stranger"),
    mine.tag_user, status=403, UserName="stranger", Tags=[{"Key": "seen", "Value": "yes"}],
)

step("a role trusts who is there; deleted and made anew, a user is a stranger to it")
trusting = json.dumps(trust({"AWS": f"arn:aws:iam::{TOOLS}:user/colleague"}))
refused(
    "MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"arn:aws:iam::{TOOLS}:user/nobody"',
    iam.create_role, status=400, RoleName="helper",
    AssumeRolePolicyDocument=json.dumps(trust({"AWS": f"arn:aws:iam::{TOOLS}:user/nobody"})),
)
role = iam.create_role(RoleName="helper", AssumeRolePolicyDocument=trusting)["Role"]["Arn"]
key = iam.create_access_key(UserName="colleague")["AccessKey"]
as_role(Caller("tools", key["AccessKeyId"], key["SecretAccessKey"]), role)
old = iam.get_user(UserName="colleague")["User"]["UserId"]
iam.delete_access_key(UserName="colleague", AccessKeyId=key["AccessKeyId"])
iam.delete_user(UserName="colleague")
namesake = as_user("tools", "colleague")
refused(
    "AccessDenied",
    f"User: arn:aws:iam::{TOOLS}:user/colleague is not authorized to perform: sts:AssumeRole on resource: {role}",
    client(namesake, "sts").assume_role, status=403, RoleArn=role, RoleSessionName="again",
)
kept = iam.get_role(RoleName="helper")["Role"]["AssumeRolePolicyDocument"]
same("principal", kept["Statement"][0]["Principal"]["AWS"], old)

step("whoever makes users may be held to a boundary")
edge = iam.create_policy(PolicyName="edge", PolicyDocument=json.dumps(policy(allow("s3:*"))))["Policy"]["Arn"]
bounded = policy(allow(["iam:CreateUser", "iam:PutUserPolicy"], Condition={"ArnEquals": {"iam:PermissionsBoundary": edge}}))
iam.put_user_policy(UserName="alice", PolicyName="makes-users", PolicyDocument=json.dumps(bounded))
refused(
    "AccessDenied",
    denied(ALICE, "iam:CreateUser", nothing("iam:CreateUser"), f"arn:aws:iam::{TOOLS}:user/free"),
    mine.create_user, status=403, UserName="free",
)
mine.create_user(UserName="bound", PermissionsBoundary=edge)
mine.put_user_policy(UserName="bound", PolicyName="all", PolicyDocument=json.dumps(policy(allow("*"))))
key = iam.create_access_key(UserName="bound")["AccessKey"]
bound = Caller("tools", key["AccessKeyId"], key["SecretAccessKey"])
same("buckets", client(bound, "s3").list_buckets()["Buckets"], [])
refused(
    "AccessDenied",
    denied(
        f"arn:aws:iam::{TOOLS}:user/bound", "iam:ListRoles",
        "because no permissions boundary allows the iam:ListRoles action", f"arn:aws:iam::{TOOLS}:role/",
    ),
    client(bound, "iam").list_roles, status=403,
)

step("the simulator says what the gate does")


def simulated(who: str, *actions: str) -> dict:
    """What the simulator says of each action."""
    answer = iam.simulate_principal_policy(PolicySourceArn=who, ActionNames=list(actions))
    return {one["EvalActionName"]: one["EvalDecision"] for one in answer["EvaluationResults"]}


same(
    "bound", simulated(f"arn:aws:iam::{TOOLS}:user/bound", "s3:ListAllMyBuckets", "iam:ListRoles"),
    {"s3:ListAllMyBuckets": "allowed", "iam:ListRoles": "implicitDeny"},
)
custom = cli(
    "tools", "iam", "simulate-custom-policy", "--policy-input-list", careful, "--action-names", "s3:DeleteBucket",
)["EvaluationResults"][0]
same("custom", custom["EvalDecision"], "explicitDeny")

step("what goes away goes in order")
refused(
    "DeleteConflict", "Cannot delete entity, must detach all policies first.",
    iam.delete_user, status=409, UserName="alice",
)
iam.detach_user_policy(UserName="alice", PolicyArn=made)
refused(
    "DeleteConflict", "Cannot delete entity, must delete policies first.",
    iam.delete_user, status=409, UserName="alice",
)
mine.delete_access_key(AccessKeyId=alice.key_id)
refused(
    "InvalidClientTokenId", "The security token included in the request is invalid.", mine.get_user, status=403
)

step("what is not served says so")
refused(
    "NotImplemented", "`iam:CreateLoginProfile` is not served; docs/services.md lists what is", iam.create_login_profile, UserName="alice", Password="not-a-secret",
)
