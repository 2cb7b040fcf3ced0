"""Organizations: accounts are gathered, and what binds all of them binds their administrators.

https://docs.aws.amazon.com/organizations/latest/APIReference/
"""

import json

from story import *

org = client("tools", "organizations")
staging = client("staging", "iam")
NOBODY = f"arn:aws:iam::{TOOLS}:user/nobody"


def refusal(call, code: str, message: str, **how) -> None:
    """All refusals of Organizations have the status 400."""
    refused(code, message, call, status=400, **how)


step("there is no organization yet, and who has no permission makes none")
refusal(
    org.list_accounts, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."
)
nobody = client(as_user("tools", "nobody"), "organizations")
no_identity = "because no identity-based policy allows the organizations:{} action".format
refusal(
    nobody.create_organization, "AccessDeniedException",
    denied(NOBODY, "organizations:CreateOrganization", no_identity("CreateOrganization"), "*"),
)
made = cli("tools", "organizations", "create-organization", "--feature-set", "ALL")["Organization"]
same("management account", made["MasterAccountId"], TOOLS)
refusal(
    org.create_organization, "AlreadyInOrganizationException",
    "The AWS account is already a member of an organization.",
)

step("the other accounts are invited, and come by themselves")
for account, number in (("staging", STAGING), ("production", PRODUCTION)):
    target = {"Id": number, "Type": "ACCOUNT"}
    shake = org.invite_account_to_organization(Target=target)["Handshake"]["Id"]
    same("state", client(account, "organizations").accept_handshake(HandshakeId=shake)["Handshake"]["State"], "ACCEPTED")
pages = org.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 2})
same("accounts", sorted(one["Id"] for page in pages for one in page["Accounts"]), [TOOLS, STAGING, PRODUCTION])

step("members see the organization and no more; users without permission are told why")
root = org.list_roots()["Roots"][0]["Id"]
same("organization", client("staging", "organizations").describe_organization()["Organization"]["Id"], made["Id"])
refusal(
    client("staging", "organizations").list_accounts, "AccessDeniedException",
    "You don't have permissions to access this resource.",
)
refused_cli(
    "production", "AccessDeniedException", "You don't have permissions to access this resource.",
    "organizations", "list-roots",
)
refusal(
    nobody.list_accounts, "AccessDeniedException",
    denied(NOBODY, "organizations:ListAccounts", no_identity("ListAccounts"), "*"),
)

step("units")
unit = org.create_organizational_unit(ParentId=root, Name="deployed")["OrganizationalUnit"]["Id"]
refusal(
    org.create_organizational_unit, "DuplicateOrganizationalUnitException",
    "An OU with the same name already exists.", ParentId=root, Name="deployed",
)
for number in (STAGING, PRODUCTION):
    org.move_account(AccountId=number, SourceParentId=root, DestinationParentId=unit)
same("parent", org.list_parents(ChildId=STAGING)["Parents"], [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}])

step("a service control policy needs its type to be on, and a document of its kind")
content = json.dumps(policy(deny("iam:CreateUser")))
scp = {"Description": "", "Type": "SERVICE_CONTROL_POLICY"}
with_principal = json.dumps(policy(deny("*", Principal="*")))
refusal(
    org.create_policy, "MalformedPolicyDocumentException",
    "The provided policy document does not meet the requirements of the specified policy type.",
    Name="wrong", Content=with_principal, **scp,
)
summary = org.create_policy(Name="no-users", Content=content, **scp)["Policy"]["PolicySummary"]
scps = {"RootId": root, "PolicyType": "SERVICE_CONTROL_POLICY"}
refusal(
    org.enable_policy_type, "PolicyTypeAlreadyEnabledException",
    "The specified policy type is already enabled.", **scps,
)
org.disable_policy_type(**scps)
refusal(
    org.attach_policy, "PolicyTypeNotEnabledException",
    "This operation can be performed only for enabled policy types.",
    PolicyId=summary["Id"], TargetId=unit,
)
org.enable_policy_type(**scps)

step("attached, it binds the administrators of the members, and not the management account")
staging.create_user(UserName="before")
org.attach_policy(PolicyId=summary["Id"], TargetId=unit)
forbidden = denied(
    f"arn:aws:iam::{STAGING}:user/admin", "iam:CreateUser",
    f"with an explicit deny in a service control policy: {summary['Arn']}", f"arn:aws:iam::{STAGING}:user/after",
)
refused("AccessDenied", forbidden, staging.create_user, status=403, UserName="after")
refused_cli("staging", "AccessDenied", forbidden, "iam", "create-user", "--user-name", "after")
client("tools", "iam").create_user(UserName="after")
refusal(
    org.delete_policy, "PolicyInUseException",
    "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts "
    "before performing this operation.", PolicyId=summary["Id"],
)
org.detach_policy(PolicyId=summary["Id"], TargetId=unit)
staging.create_user(UserName="after")

step("every level must allow")
reading = org.create_policy(Name="reading", Content=json.dumps(policy(allow("iam:Get*"))), **scp)
org.attach_policy(PolicyId=reading["Policy"]["PolicySummary"]["Id"], TargetId=STAGING)
org.detach_policy(PolicyId="p-FullAWSAccess", TargetId=STAGING)
staging.get_user(UserName="after")
refused(
    "AccessDenied",
    denied(
        f"arn:aws:iam::{STAGING}:user/admin", "iam:DeleteUser",
        "because no service control policy allows the iam:DeleteUser action", "user after",
    ),
    staging.delete_user, status=403, UserName="after",
)
org.attach_policy(PolicyId="p-FullAWSAccess", TargetId=STAGING)

step("a resource control policy binds whoever comes, from whichever account")
org.enable_policy_type(RootId=root, PolicyType="RESOURCE_CONTROL_POLICY")
mine = client("production", "s3")
mine.create_bucket(Bucket="released")
mine.put_object(Bucket="released", Key="app", Body=b"1")
shut = json.dumps(policy(deny("s3:GetObject", Principal="*")))
rcp = org.create_policy(Name="shut", Description="", Type="RESOURCE_CONTROL_POLICY", Content=shut)
rcp = rcp["Policy"]["PolicySummary"]
org.attach_policy(PolicyId=rcp["Id"], TargetId=PRODUCTION)
refused(
    "AccessDenied",
    denied(
        f"arn:aws:iam::{PRODUCTION}:user/admin", "s3:GetObject",
        f"with an explicit deny in a resource control policy: {rcp['Arn']}", '"arn:aws:s3:::released/app"',
    ),
    mine.get_object, status=403, Bucket="released", Key="app",
)
org.detach_policy(PolicyId=rcp["Id"], TargetId=PRODUCTION)
mine.get_object(Bucket="released", Key="app")

step("aws:PrincipalOrgID opens a bucket to the organization")
members = {"StringEquals": {"aws:PrincipalOrgID": made["Id"]}}
document = policy(allow("s3:GetObject", "arn:aws:s3:::released/*", Principal="*", Condition=members))
mine.put_bucket_policy(Bucket="released", Policy=json.dumps(document))
same("body", client("tools", "s3").get_object(Bucket="released", Key="app")["Body"].read(), b"1")
other = policy(
    allow("s3:GetObject", "arn:aws:s3:::released/*", Principal="*",
          Condition={"StringEquals": {"aws:PrincipalOrgID": "o-another000"}})
)
mine.put_bucket_policy(Bucket="released", Policy=json.dumps(other))
refused(
    "AccessDenied",
    denied(
        f"arn:aws:iam::{TOOLS}:user/admin", "s3:GetObject",
        "because no resource-based policy allows the s3:GetObject action", '"arn:aws:s3:::released/app"',
    ),
    client("tools", "s3").get_object, status=403, Bucket="released", Key="app",
)

step("a new account is entered by its role")
asked = org.create_account(Email="sandbox@example.com", AccountName="sandbox")["CreateAccountStatus"]["Id"]
status = org.describe_create_account_status(CreateAccountRequestId=asked)["CreateAccountStatus"]
same("state", status["State"], "SUCCEEDED")
number = status["AccountId"]
sandbox = as_role("tools", f"arn:aws:iam::{number}:role/OrganizationAccountAccessRole")
same("account", client(sandbox, "sts").get_caller_identity()["Account"], number)
client(sandbox, "iam").create_user(UserName="first")
refusal(
    client(sandbox, "organizations").list_roots, "AccessDeniedException",
    "You don't have permissions to access this resource.",
)
