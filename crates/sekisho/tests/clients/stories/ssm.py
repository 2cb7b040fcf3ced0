"""Parameter Store: values, versions, paths, and strings that KMS keeps."""

import base64
import json

from story import TOOLS, allow, as_user, cli, client, denied, deny, policy, refused, refused_cli, same, step

ssm, kms = client("tools", "ssm"), client("tools", "kms")
ALICE = f"arn:aws:iam::{TOOLS}:user/alice"


def arn(name: str) -> str:
    return f"arn:aws:ssm:us-east-1:{TOOLS}:parameter/{name.removeprefix('/')}"


def given(*statements: dict) -> None:
    """Replaces what alice may do."""
    document = json.dumps(policy(*statements))
    client("tools", "iam").put_user_policy(UserName="alice", PolicyName="given", PolicyDocument=document)


def value(name: str, who=ssm, **how) -> str:
    return who.get_parameter(Name=name, **how)["Parameter"]["Value"]


def may_not(action: str, resource: str) -> str:
    return denied(ALICE, action, f"because no identity-based policy allows the {action} action", resource)


step("a parameter and its versions")
first = ssm.put_parameter(Name="/app/url", Value="http://one", Type="String", Tags=[{"Key": "env", "Value": "dev"}])
same("first", (first["Version"], first["Tier"]), (1, "Standard"))
got = ssm.get_parameter(Name="/app/url")["Parameter"]
expected = {"Name": "/app/url", "Type": "String", "Value": "http://one", "Version": 1, "ARN": arn("/app/url"), "DataType": "text"}
same("got", {name: got[name] for name in expected}, expected)
refused("ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request "
        "to true.", ssm.put_parameter, Name="/app/url", Value="x", Type="String", status=400)
same("second", ssm.put_parameter(Name="/app/url", Value="http://two", Overwrite=True)["Version"], 2)
same("each", (value("/app/url"), value("/app/url:1"), value(arn("/app/url"))), ("http://two", "http://one", "http://two"))
refused("ParameterNotFound", "", ssm.get_parameter, Name="/none", status=400)
refused("ParameterVersionNotFound", "Systems Manager could not find version 9 of /app/url. Verify the version and try again.",
        ssm.get_parameter, Name="/app/url:9")

step("labels, and the history that shows them")
same("bad ones", ssm.label_parameter_version(Name="/app/url", ParameterVersion=1, Labels=["live", "1st", "aws-x"])["InvalidLabels"],
     ["1st", "aws-x"])
same("labelled", ssm.get_parameter(Name="/app/url:live")["Parameter"]["Selector"], ":live")
ssm.label_parameter_version(Name="/app/url", ParameterVersion=2, Labels=["live"])
same("moved", value("/app/url:live"), "http://two")
history = ssm.get_parameter_history(Name="/app/url")["Parameters"]
same("history", [(one["Version"], one["Value"], one["Labels"], one["Policies"]) for one in history],
     [(1, "http://one", [], []), (2, "http://two", ["live"], [])])

step("what is refused as a parameter")
REFUSED = [
    ({"Name": "a/b"}, "ValidationException", "Parameter name must be a fully qualified name"),
    ({"Name": "aws.x"}, "ValidationException", 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).'),
    ({"Name": "/aws/x"}, "AccessDeniedException", "No access to reserved parameter name: /aws/x."),
    ({"Type": None}, "ValidationException", "A parameter type is required when you create a parameter."),
    ({"DataType": "no"}, "ValidationException", "The following data type is not supported: no (Data type names are all lowercase.)"),
    ({"AllowedPattern": "^[a-z]+$"}, "ParameterPatternMismatchException",
     "Parameter value, cannot be validated against allowedPattern: ^[a-z]+$"),
    ({"Value": "1" * 4097}, "ValidationException", "Standard tier parameters support a maximum parameter value of 4096 characters. "
     "To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see "
     "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"),
    ({"Overwrite": True, "Tags": [{"Key": "a", "Value": "b"}]}, "ValidationException", "Invalid request: tags and overwrite can't be "
     "used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please "
     "use AddTagsToResource or RemoveTagsFromResource."),
]
for wrong, code, text in REFUSED:
    wanted = {"Name": "x", "Value": "1", "Type": "String", **wrong}
    refused(code, text, ssm.put_parameter, **{name: part for name, part in wanted.items() if part is not None})
same("advanced", ssm.put_parameter(Name="long", Value="1" * 5000, Type="String", Tier="Intelligent-Tiering")["Tier"], "Advanced")

step("SecureString: KMS keeps it, and the ciphertext can be opened by hand")
ssm.put_parameter(Name="/app/db/password", Value="secret", Type="SecureString")
KEY = kms.create_key()["KeyMetadata"]["Arn"]
ssm.put_parameter(Name="/app/own", Value="sealed", Type="SecureString", KeyId=KEY)
same("opened", value("/app/db/password", WithDecryption=True), "secret")
by_hand = kms.decrypt(CiphertextBlob=base64.b64decode(value("/app/own")), EncryptionContext={"PARAMETER_ARN": arn("/app/own")})
same("by hand", (by_hand["Plaintext"], by_hand["KeyId"]), (b"sealed", KEY))
found = ssm.get_parameters(Names=["/app/url", "/app/own", "/none"], WithDecryption=True)
same("several", ([one["Value"] for one in found["Parameters"]], found["InvalidParameters"]), (["http://two", "sealed"], ["/none"]))

step("paths, page by page")
below = ssm.get_parameters_by_path(Path="/app")["Parameters"]
same("below", [one["Name"] for one in below], ["/app/own", "/app/url"])
pages = ssm.get_paginator("get_parameters_by_path").paginate(Path="/app", Recursive=True, PaginationConfig={"PageSize": 1})
names = [one["Name"] for page in pages for one in page["Parameters"]]
same("recursive", names, ["/app/db/password", "/app/own", "/app/url"])
secure = [{"Key": "Type", "Values": ["SecureString"]}]
same("filtered", len(ssm.get_parameters_by_path(Path="/app", Recursive=True, ParameterFilters=secure)["Parameters"]), 2)
words = ("ssm", "get-parameters-by-path", "--path", "/app", "--recursive", "--query", "Parameters[].Name")
same("by the CLI", cli("tools", *words), names)
begins = [{"Key": "Name", "Option": "BeginsWith", "Values": ["/app/o"]}]
described = ssm.describe_parameters(ParameterFilters=begins)["Parameters"]
same("described", [(one["Name"], one["KeyId"], one["Tier"], one["Policies"]) for one in described], [("/app/own", KEY, "Standard", [])])
tags = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/app/url")["TagList"]
same("tags", tags, [{"Key": "env", "Value": "dev"}])

step("who has no policy is refused, existing or not")
alice = as_user("tools", "alice")
hers = client(alice, "ssm")
refused("AccessDeniedException", may_not("ssm:GetParameter", arn("/app/url")), hers.get_parameter, Name="/app/url", status=400)
refused("AccessDeniedException", may_not("ssm:GetParameter", arn("/none")), hers.get_parameter, Name="/none")
refused("AccessDeniedException", may_not("ssm:GetParameters", arn("/app/url")), hers.get_parameters, Names=["/app/url"])
refused("AccessDeniedException", may_not("ssm:GetParametersByPath", arn("/app")), hers.get_parameters_by_path, Path="/app")
refused("AccessDeniedException", may_not("ssm:PutParameter", arn("mine")), hers.put_parameter, Name="mine", Value="1", Type="String")
text = may_not("ssm:DescribeParameters", f"arn:aws:ssm:us-east-1:{TOOLS}:*")
refused_cli(alice, "AccessDeniedException", text, "ssm", "describe-parameters")
given(allow("ssm:GetParameter", Condition={"StringEquals": {"aws:ResourceTag/env": "dev"}}))
same("tagged", value("/app/url", hers), "http://two")
refused("AccessDeniedException", may_not("ssm:GetParameter", arn("/app/own")), hers.get_parameter, Name="/app/own")
stranger = denied("arn:aws:iam::222222222222:user/admin", "ssm:GetParameter",
                  "because no resource-based policy allows the ssm:GetParameter action", arn("/app/url"))
refused("AccessDeniedException", stranger, client("staging", "ssm").get_parameter, Name=arn("/app/url"))

step("all of the path, and nothing of its key")
given(allow("ssm:*", arn("/app*")), deny("ssm:DeleteParameter"))
forbidden = denied(ALICE, "ssm:DeleteParameter", "with an explicit deny in an identity-based policy", arn("/app/url"))
refused("AccessDeniedException", forbidden, hers.delete_parameter, Name="/app/url")
assert value("/app/own", hers) != "sealed", "a ciphertext was expected"
undecided = denied(ALICE, "kms:Decrypt on the resource associated with this ciphertext",
                   "because no identity-based policy allows the kms:Decrypt action")
of_kms = " (Service: AWSKMS; Status Code: 400; Error Code: {})"
text = undecided + of_kms.format("AccessDeniedException")
refused("AccessDeniedException", text, hers.get_parameter, Name="/app/own", WithDecryption=True)
refused("AccessDeniedException", text, hers.get_parameters_by_path, Path="/app", WithDecryption=True)
same("AWS's own key lets everybody in", value("/app/db/password", hers, WithDecryption=True), "secret")
text = may_not("kms:Encrypt", KEY) + of_kms.format("AccessDeniedException")
refused("AccessDeniedException", text, hers.put_parameter, Name="/app/new", Value="x", Type="SecureString", KeyId=KEY)
through = {"kms:ViaService": "ssm.us-east-1.amazonaws.com", "kms:EncryptionContext:PARAMETER_ARN": arn("/app/own")}
given(allow("ssm:*", arn("/app*")), allow("kms:Decrypt", KEY, Condition={"StringEquals": through}))
same("hers", value("/app/own", hers, WithDecryption=True), "sealed")
kms.disable_key(KeyId=KEY)
text = f"{KEY} is disabled." + of_kms.format("DisabledException")
refused("InvalidKeyId", text, ssm.get_parameter, Name="/app/own", WithDecryption=True)

step("deleted, and begun anew")
gone = ssm.delete_parameters(Names=["/app/own", "long", "/none"])
same("deleted", (sorted(gone["DeletedParameters"]), gone["InvalidParameters"]), (["/app/own", "long"], ["/none"]))
ssm.delete_parameter(Name="/app/url")
refused("ParameterNotFound", "", ssm.delete_parameter, Name="/app/url")
same("anew", ssm.put_parameter(Name="/app/url", Value="http://three", Type="String")["Version"], 1)
