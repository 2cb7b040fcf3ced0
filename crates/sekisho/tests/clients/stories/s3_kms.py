"""S3 with keys of KMS: S3 asks KMS as the caller, and KMS says no."""

import io
import json
import os

from story import STAGING, TOOLS, allow, as_user, client, denied, policy, refused, refused_cli, same, step

B = "sealed"
BUCKET, OBJECTS = f"arn:aws:s3:::{B}", f"arn:aws:s3:::{B}/*"
s3, kms = client("tools", "s3"), client("tools", "kms")
theirs = client("staging", "s3")
s3.create_bucket(Bucket=B)
made = kms.create_key()["KeyMetadata"]
KEY, ARN = made["KeyId"], made["Arn"]
UNDER_KEY = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": ARN}


def given(name: str, *statements: dict) -> None:
    document = json.dumps(policy(*statements))
    client("tools", "iam").put_user_policy(UserName=name, PolicyName="given", PolicyDocument=document)


def key_policy(*statements: dict) -> None:
    root = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{TOOLS}:root"})
    kms.put_key_policy(KeyId=KEY, Policy=json.dumps(policy(root, *statements)))


def may_not(caller: str, action: str) -> str:
    """S3 passes on what KMS says: the action and the key are KMS's."""
    return denied(caller, action, f"because no identity-based policy allows the {action} action", ARN)


step("under a key of one's own, under AWS's, under the bucket's default")
answer = s3.put_object(Bucket=B, Key="k", Body=b"secret", ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY)
same("sealed", (answer["ServerSideEncryption"], answer["SSEKMSKeyId"]), ("aws:kms", ARN))
assert answer["ETag"] != s3.put_object(Bucket=B, Key="k", Body=b"secret", **UNDER_KEY)["ETag"], "the ETag tells the content"
got = s3.get_object(Bucket=B, Key="k")
same("got", (got["Body"].read(), got["SSEKMSKeyId"]), (b"secret", ARN))
aws_key = s3.put_object(Bucket=B, Key="aws", Body=b"secret", ServerSideEncryption="aws:kms")["SSEKMSKeyId"]
same("AWS's", kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]["Arn"], aws_key)
default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": ARN}
rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]}
s3.put_bucket_encryption(Bucket=B, ServerSideEncryptionConfiguration=rules)
answer = s3.put_object(Bucket=B, Key="default", Body=b"d")
same("default", (answer["SSEKMSKeyId"], answer["BucketKeyEnabled"]), (ARN, True))
same("not the default", s3.put_object(Bucket=B, Key="aes", Body=b"d", ServerSideEncryption="AES256")["ServerSideEncryption"], "AES256")

step("what makes no sense")
text = "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"
refused("InvalidArgument", text, s3.put_object, Bucket=B, Key="x", SSEKMSKeyId=ARN, status=400)
refused("InvalidArgument", "The encryption method specified is not supported", s3.put_object, Bucket=B, Key="x", ServerSideEncryption="rot13")
refused("KMS.NotFoundException", "Invalid keyId 'none'", s3.put_object,
        Bucket=B, Key="x", ServerSideEncryption="aws:kms", SSEKMSKeyId="none", status=400)
gone = "11111111-2222-3333-4444-555555555555"
refused("KMS.NotFoundException", f"Key '{ARN.replace(KEY, gone)}' does not exist", s3.put_object,
        Bucket=B, Key="x", ServerSideEncryption="aws:kms", SSEKMSKeyId=gone)

step("all of S3, and nothing of KMS")
ALICE = f"arn:aws:iam::{TOOLS}:user/alice"
alice = as_user("tools", "alice", policy(allow("s3:*")))
hers = client(alice, "s3")
refused("AccessDenied", may_not(ALICE, "kms:GenerateDataKey"), hers.put_object, Bucket=B, Key="a", Body=b"1", status=403)
refused("AccessDenied", may_not(ALICE, "kms:Decrypt"), hers.get_object, Bucket=B, Key="k", status=403)
refused("AccessDenied", may_not(ALICE, "kms:Decrypt"), hers.copy_object, Bucket=B, Key="c", CopySource=f"{B}/k")
refused("AccessDenied", may_not(ALICE, "kms:GenerateDataKey"), hers.create_multipart_upload, Bucket=B, Key="m")
refused_cli(alice, "AccessDenied", may_not(ALICE, "kms:Decrypt"), "s3api", "get-object", "--bucket", B, "--key", "k", "out")
same("not asked for the head", hers.head_object(Bucket=B, Key="k")["ContentLength"], 6)
same("nor for what is not under it", hers.get_object(Bucket=B, Key="aes")["Body"].read(), b"d")

step("KMS by way of S3 only, and for one context only")
uses = ["kms:Decrypt", "kms:GenerateDataKey"]
via = {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": BUCKET}
given("alice", allow("s3:*"), allow(uses, ARN, Condition={"StringEquals": via}))
hers.put_object(Bucket=B, Key="a", Body=b"1")  # under the bucket's key, whose context is the bucket
same("hers", hers.get_object(Bucket=B, Key="a")["Body"].read(), b"1")
refused("AccessDenied", may_not(ALICE, "kms:Decrypt"), hers.get_object, Bucket=B, Key="k")  # of which it is the object
refused("AccessDeniedException", may_not(ALICE, "kms:GenerateDataKey"), client(alice, "kms").generate_data_key, KeyId=ARN, KeySpec="AES_256")
given("alice", allow("s3:*"), allow(uses, ARN, Condition={"StringLike": {"kms:EncryptionContext:aws:s3:arn": f"{BUCKET}/k*"}}))
same("of the object", hers.get_object(Bucket=B, Key="k")["Body"].read(), b"secret")
refused("AccessDenied", may_not(ALICE, "kms:Decrypt"), hers.get_object, Bucket=B, Key="a")

step("in parts")
upload = s3.create_multipart_upload(Bucket=B, Key="m")
same("began", (upload["SSEKMSKeyId"], upload["BucketKeyEnabled"]), (ARN, True))
of_upload = {"Bucket": B, "Key": "m", "UploadId": upload["UploadId"]}
given("alice", allow("s3:*"), allow("kms:GenerateDataKey", ARN))
refused("AccessDenied", may_not(ALICE, "kms:Decrypt"), hers.upload_part, **of_upload, PartNumber=1, Body=b"part")
tag = s3.upload_part(**of_upload, PartNumber=1, Body=b"part")["ETag"]
s3.complete_multipart_upload(**of_upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": tag}]})
same("made", s3.get_object(Bucket=B, Key="m")["Body"].read(), b"part")
data = os.urandom(20 << 20)
s3.upload_fileobj(io.BytesIO(data), B, "big", ExtraArgs={**UNDER_KEY, "ChecksumAlgorithm": "SHA256"})
back = io.BytesIO()
s3.download_fileobj(B, "big", back)
assert back.getvalue() == data, "it came back changed"

step("a key that is disabled or about to go makes objects unreadable")
kms.disable_key(KeyId=KEY)
refused("KMS.DisabledException", f"{ARN} is disabled.", s3.get_object, Bucket=B, Key="k", status=400)
refused("KMS.DisabledException", f"{ARN} is disabled.", s3.put_object, Bucket=B, Key="n", Body=b"")
same("the head", s3.head_object(Bucket=B, Key="k")["ContentLength"], 6)
kms.enable_key(KeyId=KEY)
kms.schedule_key_deletion(KeyId=KEY, PendingWindowInDays=7)
refused("KMS.KMSInvalidStateException", f"{ARN} is pending deletion.", s3.get_object, Bucket=B, Key="k", status=400)
kms.cancel_key_deletion(KeyId=KEY)
kms.enable_key(KeyId=KEY)
same("again", s3.get_object(Bucket=B, Key="k")["Body"].read(), b"secret")

step("another account: the bucket says yes, the key has to as well")
shared = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
s3.put_bucket_policy(Bucket=B, Policy=json.dumps(policy(allow(shared, [BUCKET, OBJECTS], Principal={"AWS": STAGING}))))
STRANGER = f"arn:aws:iam::{STAGING}:user/admin"
HIDDEN = "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based " \
    "policy explicitly denies access"
unreadable = denied(STRANGER, "kms:Decrypt on the resource associated with this ciphertext", HIDDEN)
same("not under a key", theirs.get_object(Bucket=B, Key="aes")["Body"].read(), b"d")
refused("AccessDenied", unreadable, theirs.get_object, Bucket=B, Key="k", status=403)
text = denied(STRANGER, "kms:GenerateDataKey on this resource", HIDDEN)
refused("AccessDenied", text, theirs.put_object, Bucket=B, Key="s", Body=b"x")
key_policy(allow("kms:Decrypt", Principal={"AWS": STAGING}))
same("now", theirs.get_object(Bucket=B, Key="k")["Body"].read(), b"secret")
refused("AccessDenied", text, theirs.put_object, Bucket=B, Key="s", Body=b"x")

step("aws/s3 is of no use across accounts, whoever wrote")
refused("AccessDenied", unreadable, theirs.get_object, Bucket=B, Key="aws")
own = theirs.put_object(Bucket=B, Key="theirs", Body=b"mine", ServerSideEncryption="aws:kms")
assert STAGING in own["SSEKMSKeyId"], own["SSEKMSKeyId"]
text = unreadable.replace(STRANGER, f"arn:aws:iam::{TOOLS}:user/admin")
refused("AccessDenied", text, s3.get_object, Bucket=B, Key="theirs")
same("the writer", theirs.get_object(Bucket=B, Key="theirs")["Body"].read(), b"mine")
