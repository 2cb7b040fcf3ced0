"""S3's buckets: made, found, closed, opened to others, emptied and deleted."""

import json

import boto3
from botocore import UNSIGNED

from story import (
    STAGING,
    TOOLS,
    allow,
    as_user,
    cli,
    client,
    denied,
    deny,
    policy,
    refused,
    refused_cli,
    run_cli,
    same,
    step,
)

B = "artifacts"
ARN, OBJECTS = f"arn:aws:s3:::{B}", f"arn:aws:s3:::{B}/*"
ADMIN, MALLORY = (f"arn:aws:iam::{TOOLS}:user/{name}" for name in ("admin", "mallory"))

s3 = client("tools", "s3")
theirs = client("staging", "s3")
anybody = client("tools", "s3", signature_version=UNSIGNED)


def quoted(caller: str, action: str, why: str, resource: str = ARN) -> str:
    """S3 puts the resource between quotation marks."""
    return denied(caller, action, why.format(action), f'"{resource}"')


def opened(*statements: dict) -> None:
    s3.put_bucket_policy(Bucket=B, Policy=json.dumps(policy(*statements)))


step("a bucket is made, once")
same("location", s3.create_bucket(Bucket=B)["Location"], f"/{B}")
same("again", s3.create_bucket(Bucket=B)["Location"], f"/{B}")
s3.get_waiter("bucket_exists").wait(Bucket=B)
taken = "The requested bucket name is not available. The bucket namespace is shared by all users of the system. " \
    "Please select a different name and try again."
refused("BucketAlreadyExists", taken, theirs.create_bucket, Bucket=B, status=409)
refused("InvalidBucketName", "The specified bucket is not valid.", s3.create_bucket, Bucket="Not_a_Name", status=400)
refused("InvalidLocationConstraint", "The specified location-constraint is not valid", s3.create_bucket,
        Bucket="other", CreateBucketConfiguration={"LocationConstraint": "us-east-1"})
refused("NoSuchBucket", "The specified bucket does not exist", s3.list_objects_v2, Bucket="none-there", status=404)
refused("404", "Not Found", s3.head_bucket, Bucket="none-there", status=404)

step("in another region")
ireland = client("tools", "s3", "eu-west-1")
there = {"LocationConstraint": "eu-west-1"}
same("location", ireland.create_bucket(Bucket="irish", CreateBucketConfiguration=there)["Location"],
     "http://irish.s3.amazonaws.com/")
refused("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.",
        ireland.create_bucket, Bucket="irish", CreateBucketConfiguration=there, status=409)
same("where", s3.get_bucket_location(Bucket="irish")["LocationConstraint"], "eu-west-1")
same("here", s3.get_bucket_location(Bucket=B)["LocationConstraint"], None)
same("names", [one["Name"] for one in s3.list_buckets()["Buckets"]], [B, "irish"])
same("found elsewhere", s3.head_bucket(Bucket="irish")["BucketRegion"], "eu-west-1")
same("by the CLI", cli("tools", "s3api", "list-buckets", "--query", "Buckets[].Name"), [B, "irish"])

step("as it is at first")
closed = {name: True for name in ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")}
same("public access", s3.get_public_access_block(Bucket=B)["PublicAccessBlockConfiguration"], closed)
enforced = s3.get_bucket_ownership_controls(Bucket=B)["OwnershipControls"]
same("owner", enforced, {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
rule = s3.get_bucket_encryption(Bucket=B)["ServerSideEncryptionConfiguration"]["Rules"][0]
same("encryption", rule["ApplyServerSideEncryptionByDefault"], {"SSEAlgorithm": "AES256"})
same("payer", s3.get_bucket_request_payment(Bucket=B)["Payer"], "BucketOwner")
assert "Status" not in s3.get_bucket_versioning(Bucket=B), "never switched on, and yet it has a status"
grants = s3.get_bucket_acl(Bucket=B)["Grants"]
same("acl", [grant["Permission"] for grant in grants], ["FULL_CONTROL"])
ABSENT = [
    (s3.get_bucket_policy, "NoSuchBucketPolicy", "The bucket policy does not exist"),
    (s3.get_bucket_policy_status, "NoSuchBucketPolicy", "The bucket policy does not exist"),
    (s3.get_bucket_tagging, "NoSuchTagSet", "The TagSet does not exist"),
    (s3.get_bucket_cors, "NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    (s3.get_bucket_lifecycle_configuration, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
    (s3.get_bucket_website, "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
    (s3.get_bucket_replication, "ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
]
for operation, code, text in ABSENT:
    refused(code, text, operation, Bucket=B, status=404)

step("settings")
answer = s3.put_bucket_tagging(Bucket=B, Tagging={"TagSet": [{"Key": "team", "Value": "build"}]})
same("status", answer["ResponseMetadata"]["HTTPStatusCode"], 204)
same("tags", s3.get_bucket_tagging(Bucket=B)["TagSet"], [{"Key": "team", "Value": "build"}])
twice = [{"Key": "team", "Value": "a"}, {"Key": "team", "Value": "b"}]
refused("InvalidTag", "Cannot provide multiple Tags with the same key", s3.put_bucket_tagging, Bucket=B, Tagging={"TagSet": twice})
s3.delete_bucket_tagging(Bucket=B)
s3.put_bucket_encryption(Bucket=B, ServerSideEncryptionConfiguration={
    "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}]
})
same("bucket key", s3.get_bucket_encryption(Bucket=B)["ServerSideEncryptionConfiguration"]["Rules"][0]["BucketKeyEnabled"], True)
s3.delete_bucket_encryption(Bucket=B)
rule = s3.get_bucket_encryption(Bucket=B)["ServerSideEncryptionConfiguration"]["Rules"][0]
same("back", rule["ApplyServerSideEncryptionByDefault"], {"SSEAlgorithm": "AES256"})
s3.put_bucket_versioning(Bucket=B, VersioningConfiguration={"Status": "Enabled"})
same("versioning", s3.get_bucket_versioning(Bucket=B)["Status"], "Enabled")

step("who has no policy is refused; the action is not always called like the operation")
mallory = as_user("tools", "mallory")
hers = client(mallory, "s3")
NO_IDENTITY = "because no identity-based policy allows the {} action"
REFUSED = [
    (hers.list_objects_v2, "s3:ListBucket"),
    (hers.list_object_versions, "s3:ListBucketVersions"),
    (hers.list_multipart_uploads, "s3:ListBucketMultipartUploads"),
    (hers.get_bucket_location, "s3:GetBucketLocation"),
    (hers.get_bucket_encryption, "s3:GetEncryptionConfiguration"),
    (hers.get_public_access_block, "s3:GetBucketPublicAccessBlock"),
    (hers.get_bucket_policy, "s3:GetBucketPolicy"),
    (hers.delete_bucket_encryption, "s3:PutEncryptionConfiguration"),
    (hers.delete_bucket_policy, "s3:DeleteBucketPolicy"),
    (hers.delete_bucket_tagging, "s3:PutBucketTagging"),
    (hers.delete_bucket, "s3:DeleteBucket"),
]
for operation, action in REFUSED:
    refused("AccessDenied", quoted(MALLORY, action, NO_IDENTITY), operation, Bucket=B, status=403)
refused("403", "Forbidden", hers.head_bucket, Bucket=B, status=403)
refused("AccessDenied", quoted(MALLORY, "s3:CreateBucket", NO_IDENTITY, "arn:aws:s3:::mine"), hers.create_bucket, Bucket="mine")
every = denied(MALLORY, "s3:ListAllMyBuckets", NO_IDENTITY.format("s3:ListAllMyBuckets"))
refused_cli(mallory, "AccessDenied", every, "s3", "ls")
same("expected owner", s3.head_bucket(Bucket=B, ExpectedBucketOwner=TOOLS)["BucketRegion"], "us-east-1")
refused("AccessDenied", "Access Denied", s3.list_objects_v2, Bucket=B, ExpectedBucketOwner=STAGING, status=403)

step("strangers are told no reason")
s3.put_object(Bucket=B, Key="k", Body=b"x")
refused("AccessDenied", "Access Denied", theirs.get_object, Bucket=B, Key="k", status=403)
refused("AccessDenied", "Access Denied", anybody.get_object, Bucket=B, Key="k", status=403)
refused("AccessDenied", "Access Denied", theirs.get_bucket_policy, Bucket=B)

step("a bucket policy that nobody could mean")
def bad(text: str, **statement) -> None:
    given = {"Effect": "Allow", "Principal": {"AWS": TOOLS}, "Action": "s3:GetObject", "Resource": OBJECTS, **statement}
    refused("MalformedPolicy", text, s3.put_bucket_policy, Bucket=B, Policy=json.dumps(policy(given)), status=400)


bad("Invalid principal in policy", Principal={"AWS": f"arn:aws:iam::{TOOLS}:role/none"})
bad("Invalid principal in policy", Principal={"AWS": "999999999999"})
bad("Policy has invalid resource", Resource="arn:aws:s3:::another/*")
bad("Policy has invalid action", Action="s3:Fly")
bad("Action does not apply to any resource(s) in statement", Action="s3:ListBucket")
bad("Conditions do not apply to combination of actions and resources in statement", Condition={"StringEquals": {"s3:prefix": "x"}})
refused("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'", s3.put_bucket_policy, Bucket=B, Policy="no")
refused("MalformedPolicy", "Missing required field Statement", s3.put_bucket_policy, Bucket=B, Policy="{}")

step("a bucket policy denies, whatever else allows")
everything = json.dumps(policy(allow("s3:*")))
client("tools", "iam").put_user_policy(UserName="mallory", PolicyName="given", PolicyDocument=everything)
opened(deny("s3:GetObject", OBJECTS, Principal={"AWS": MALLORY}))
why = "with an explicit deny in a resource-based policy"
refused("AccessDenied", quoted(MALLORY, "s3:GetObject", why, f"{ARN}/k"), hers.get_object, Bucket=B, Key="k")

step("another account needs a yes from both sides, and leaves the policy alone")
opened(allow("s3:*", [ARN, OBJECTS], Principal={"AWS": STAGING}))
same("listed", theirs.list_objects_v2(Bucket=B)["KeyCount"], 1)
same("got", theirs.get_object(Bucket=B, Key="k")["Body"].read(), b"x")
refused("MethodNotAllowed", "The specified method is not allowed against this resource.",
        theirs.get_bucket_policy, Bucket=B, status=405)
bob = client(as_user("staging", "bob"), "s3")
refused("AccessDenied", "Access Denied", bob.get_object, Bucket=B, Key="k")

step("public, as far as S3 Block Public Access lets it")
public = policy(allow("s3:GetObject", OBJECTS, Principal="*"))
prevented = "because public {0} are prevented by the {1} setting in S3 Block Public Access."
text = quoted(ADMIN, "s3:PutBucketPolicy", prevented.format("policies", "BlockPublicPolicy"))
refused("AccessDenied", text, s3.put_bucket_policy, Bucket=B, Policy=json.dumps(public))
s3.delete_public_access_block(Bucket=B)
refused("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found",
        s3.get_public_access_block, Bucket=B, status=404)
answer = s3.put_bucket_policy(Bucket=B, Policy=json.dumps(public))
same("status", answer["ResponseMetadata"]["HTTPStatusCode"], 204)
same("as put", json.loads(s3.get_bucket_policy(Bucket=B)["Policy"]), public)
same("public", s3.get_bucket_policy_status(Bucket=B)["PolicyStatus"]["IsPublic"], True)
same("anybody", anybody.get_object(Bucket=B, Key="k")["Body"].read(), b"x")
refused("AccessDenied", "Access Denied", anybody.delete_object, Bucket=B, Key="k")
s3.put_public_access_block(Bucket=B, PublicAccessBlockConfiguration=closed)
refused("AccessDenied", "Access Denied", anybody.get_object, Bucket=B, Key="k")
s3.delete_bucket_policy(Bucket=B)
same("idempotent", s3.delete_bucket_policy(Bucket=B)["ResponseMetadata"]["HTTPStatusCode"], 204)

step("ACLs are off")
text = quoted(ADMIN, "s3:PutBucketAcl", prevented.format("ACLs", "BlockPublicAcls"))
refused("AccessDenied", text, s3.put_bucket_acl, Bucket=B, ACL="public-read", status=403)
refused("AccessControlListNotSupported", "The bucket does not allow ACLs", s3.put_bucket_acl, Bucket=B, ACL="private", status=400)
s3.put_object(Bucket=B, Key="k", Body=b"x", ACL="bucket-owner-full-control")
refused("InvalidBucketAclWithBlockPublicAccessError", "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
        s3.create_bucket, Bucket="public", ACL="public-read", status=400)
s3.put_bucket_ownership_controls(Bucket=B, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]})
s3.put_bucket_acl(Bucket=B, ACL="private")
s3.delete_bucket_ownership_controls(Bucket=B)
refused("OwnershipControlsNotFoundError", "The bucket ownership controls were not found",
        s3.get_bucket_ownership_controls, Bucket=B, status=404)

step("emptied and deleted")
full = "The bucket you tried to delete is not empty"
refused("BucketNotEmpty", f"{full}. You must delete all versions in the bucket.", s3.delete_bucket, Bucket=B, status=409)
resource = boto3.Session(profile_name="tools").resource("s3")
same("by the resource API", [bucket.name for bucket in resource.buckets.all()], [B, "irish"])
resource.Bucket(B).object_versions.delete()
s3.delete_bucket(Bucket=B)
s3.get_waiter("bucket_not_exists").wait(Bucket=B)
cli("tools", "s3", "mb", "s3://made-by-cli")
s3.put_object(Bucket="made-by-cli", Key="k")
stuck = run_cli("tools", "s3", "rb", "s3://made-by-cli").stderr
assert f"(BucketNotEmpty) when calling the DeleteBucket operation: {full}" in stuck, stuck
cli("tools", "s3", "rb", "s3://made-by-cli", "--force")
same("left", [one["Name"] for one in s3.list_buckets()["Buckets"]], ["irish"])
