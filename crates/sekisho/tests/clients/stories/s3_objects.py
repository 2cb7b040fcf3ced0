"""S3's objects: put, got, copied, listed, versioned and deleted."""

import base64
import hashlib
import os
import zlib
from datetime import timedelta
from pathlib import Path

from story import TOOLS, allow, as_user, cli, client, denied, policy, refused, run_cli, same, step

B, V, L = "things", "history", "many"
s3 = client("tools", "s3")
plain = client("tools", "s3", request_checksum_calculation="when_required")
for bucket in (B, V, L):
    s3.create_bucket(Bucket=bucket)


def put(key: str, body: bytes = b"x", **how) -> dict:
    return s3.put_object(Bucket=B, Key=key, Body=body, **how)


def body(key: str, **how) -> bytes:
    return s3.get_object(Bucket=how.pop("Bucket", B), Key=key, **how)["Body"].read()


def b64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def crc(data: bytes, polynomial: int, bits: int) -> str:
    """A reflected CRC, bit by bit: boto3 has those that zlib lacks only with a library in C."""
    ones = (1 << bits) - 1
    value = ones
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)
    return b64((value ^ ones).to_bytes(bits // 8, "big"))


step("what is put is got again, with all that was said of it")
said = {"ContentType": "text/plain", "CacheControl": "no-cache", "ContentDisposition": "inline", "ContentLanguage": "de"}
answer = put("ten", b"0123456789", **said, Metadata={"Commit": "abc"}, Tagging="a=1&b=2")
same("etag", answer["ETag"], '"781e5e245d69b566979b86e28d23f2c7"')
same("encryption", answer["ServerSideEncryption"], "AES256")
got = s3.get_object(Bucket=B, Key="ten")
same("body", got["Body"].read(), b"0123456789")
same("said", {name: got[name] for name in said}, said)
same("metadata", (got["Metadata"], got["TagCount"], got["AcceptRanges"]), ({"commit": "abc"}, 2, "bytes"))
head = s3.head_object(Bucket=B, Key="ten")
same("head", (head["ContentLength"], head["ETag"], head["ContentType"]), (10, answer["ETag"], "text/plain"))
same("instead", s3.get_object(Bucket=B, Key="ten", ResponseContentType="x/y")["ContentType"], "x/y")
missing = refused("NoSuchKey", "The specified key does not exist.", s3.get_object, Bucket=B, Key="none", status=404)
same("key", missing["Error"]["Key"], "none")
refused("404", "Not Found", s3.head_object, Bucket=B, Key="none", status=404)

step("ranges")
RANGES = [
    ("bytes=0-8", 206, "bytes 0-8/10", b"012345678"),
    ("bytes=5-", 206, "bytes 5-9/10", b"56789"),
    ("bytes=-3", 206, "bytes 7-9/10", b"789"),
    ("bytes=-15", 206, "bytes 0-9/10", b"0123456789"),
    ("bytes=0-100", 206, "bytes 0-9/10", b"0123456789"),
    ("bytes=1-0", 200, None, b"0123456789"),
    ("bytes=0-1,3-4", 200, None, b"0123456789"),
    ("chars=0-1", 200, None, b"0123456789"),
]
for wanted, status, told, expected in RANGES:
    got = s3.get_object(Bucket=B, Key="ten", Range=wanted)
    found = (got["ResponseMetadata"]["HTTPStatusCode"], got.get("ContentRange"), got["Body"].read())
    same(wanted, found, (status, told, expected))
beyond = refused("InvalidRange", "The requested range is not satisfiable", s3.get_object, Bucket=B, Key="ten",
                 Range="bytes=100-200", status=416)["Error"]
same("beyond", (beyond["RangeRequested"], beyond["ActualObjectSize"]), ("bytes=100-200", "10"))

step("what S3 does not know")
refused("InvalidStorageClass", "The storage class you specified is not valid", s3.put_object, Bucket=B, Key="x", StorageClass="COLD")
refused("KeyTooLongError", "Your key is too long", s3.put_object, Bucket=B, Key="k" * 1025, status=400)
refused("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", s3.put_object,
        Bucket=B, Key="x", Metadata={"a": "x" * 2049}, status=400)
same("a name is a name", (put("a//b/../c?d#e%20f+g&h=i;j\\k", b"odd")["ETag"], body("a//b/../c?d#e%20f+g&h=i;j\\k")),
     (f'"{hashlib.md5(b"odd").hexdigest()}"', b"odd"))

step("conditions of reading")
etag, since, hour = head["ETag"], head["LastModified"], timedelta(hours=1)
failed = "At least one of the pre-conditions you specified did not hold"
same("match", body("ten", IfMatch=etag), b"0123456789")
same("match wins", body("ten", IfMatch=etag, IfUnmodifiedSince=since - hour), b"0123456789")
same("modified", body("ten", IfModifiedSince=since - hour), b"0123456789")
refused("PreconditionFailed", failed, s3.get_object, Bucket=B, Key="ten", IfMatch='"other"', status=412)
refused("PreconditionFailed", failed, s3.get_object, Bucket=B, Key="ten", IfUnmodifiedSince=since - hour, status=412)
refused("412", "Precondition Failed", s3.head_object, Bucket=B, Key="ten", IfMatch='"other"', status=412)
refused("304", "Not Modified", s3.get_object, Bucket=B, Key="ten", IfNoneMatch=etag, status=304)
refused("304", "Not Modified", s3.head_object, Bucket=B, Key="ten", IfModifiedSince=since, status=304)

step("conditions of writing")
put("new", IfNoneMatch="*")
refused("PreconditionFailed", failed, s3.put_object, Bucket=B, Key="new", Body=b"y", IfNoneMatch="*", status=412)
put("ten", b"0123456789", IfMatch=etag)
refused("PreconditionFailed", failed, s3.put_object, Bucket=B, Key="ten", Body=b"y", IfMatch='"0"', status=412)
refused("NoSuchKey", "The specified key does not exist.", s3.put_object, Bucket=B, Key="none", Body=b"y", IfMatch='"0"', status=404)
refused("PreconditionFailed", failed, s3.delete_object, Bucket=B, Key="ten", IfMatch='"0"', status=412)
header = "A header you provided implies functionality that is not implemented"
refused("NotImplemented", header, s3.put_object, Bucket=B, Key="ten", Body=b"y", IfNoneMatch=etag, status=501)
same("unharmed", body("ten"), b"0123456789")

step("checksums: what is claimed is computed, in headers and in trailers")
DATA = b"checksum me"
EXPECTED = {
    "CRC32": b64(zlib.crc32(DATA).to_bytes(4, "big")),
    "SHA1": b64(hashlib.sha1(DATA).digest()),
    "SHA256": b64(hashlib.sha256(DATA).digest()),
    "CRC32C": crc(DATA, 0x82F63B78, 32),
    "CRC64NVME": crc(DATA, 0x9A6C9329AC4BC9B5, 64),
}
for algorithm in ("CRC32", "SHA1", "SHA256"):
    answer = put(algorithm, DATA, ChecksumAlgorithm=algorithm)
    same(algorithm, answer[f"Checksum{algorithm}"], EXPECTED[algorithm])
for algorithm, value in EXPECTED.items():
    member = f"Checksum{algorithm}"
    answer = plain.put_object(Bucket=B, Key=algorithm, Body=DATA, **{member: value})
    same(algorithm, (answer[member], answer["ChecksumType"]), (value, "FULL_OBJECT"))
    shown = s3.head_object(Bucket=B, Key=algorithm, ChecksumMode="ENABLED")
    same(algorithm, shown[member], value)
    wrong = b64(bytes([255]) * len(base64.b64decode(value)))
    text = f"The {algorithm} you specified did not match the calculated checksum."
    refused("BadDigest", text, plain.put_object, Bucket=B, Key="bad", Body=DATA, **{member: wrong}, status=400)
same("by itself", plain.put_object(Bucket=B, Key="none said", Body=DATA)["ChecksumCRC64NVME"], EXPECTED["CRC64NVME"])
same("listed", s3.list_objects_v2(Bucket=B, Prefix="SHA1")["Contents"][0]["ChecksumAlgorithm"], ["SHA1"])
md5 = b64(hashlib.md5(b"something else").digest())
refused("BadDigest", "The Content-MD5 you specified did not match what we received.", plain.put_object,
        Bucket=B, Key="bad", Body=DATA, ContentMD5=md5, status=400)
refused("InvalidDigest", "The Content-MD5 you specified was invalid.", plain.put_object,
        Bucket=B, Key="bad", Body=DATA, ContentMD5="no", status=400)
for _ in range(5):
    # boto3 waits for `100 Continue` before it sends a body; what is refused before has to leave the
    # connection such that the next request on it is not taken for that body.
    refused("InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid.", s3.put_object,
            Bucket=B, Key="bad", Body=DATA, ChecksumCRC32="no", status=400)
refused("404", "Not Found", s3.head_object, Bucket=B, Key="bad")
attributes = s3.get_object_attributes(Bucket=B, Key="none said", ObjectAttributes=["ETag", "Checksum", "ObjectSize", "StorageClass"])
same("attributes", (attributes["ETag"], attributes["ObjectSize"], attributes["StorageClass"]),
     (hashlib.md5(DATA).hexdigest(), 11, "STANDARD"))

step("tags, and what may be read for them")
s3.put_object_tagging(Bucket=B, Key="ten", Tagging={"TagSet": [{"Key": "env", "Value": "dev"}]})
same("tags", s3.get_object_tagging(Bucket=B, Key="ten")["TagSet"], [{"Key": "env", "Value": "dev"}])
tagged = allow("s3:GetObject", f"arn:aws:s3:::{B}/*", Condition={"StringEquals": {"s3:ExistingObjectTag/env": "dev"}})
reader = client(as_user("tools", "reader", policy(tagged)), "s3")
READER = f"arn:aws:iam::{TOOLS}:user/reader"
same("tagged", reader.get_object(Bucket=B, Key="ten")["Body"].read(), b"0123456789")


def reader_may_not(action: str, resource: str) -> str:
    return denied(READER, action, f"because no identity-based policy allows the {action} action", f'"{resource}"')


refused("AccessDenied", reader_may_not("s3:GetObject", f"arn:aws:s3:::{B}/new"), reader.get_object, Bucket=B, Key="new")
s3.delete_object_tagging(Bucket=B, Key="ten")
refused("AccessDenied", reader_may_not("s3:GetObject", f"arn:aws:s3:::{B}/ten"), reader.get_object, Bucket=B, Key="ten")
refused("AccessDenied", reader_may_not("s3:ListBucket", f"arn:aws:s3:::{B}"), reader.get_object, Bucket=B, Key="none")
refused("AccessDenied", reader_may_not("s3:PutObject", f"arn:aws:s3:::{B}/mine"), reader.put_object, Bucket=B, Key="mine", Body=b"x")
refused("BadRequest", "Object tags cannot be greater than 10", s3.put_object, Bucket=B, Key="t",
        Tagging="&".join(f"k{n}=1" for n in range(11)))

step("copies")
copied = s3.copy_object(Bucket=B, Key="copy", CopySource={"Bucket": B, "Key": "SHA256"})["CopyObjectResult"]
same("copy", (copied["ETag"], copied["ChecksumSHA256"]), (f'"{hashlib.md5(DATA).hexdigest()}"', EXPECTED["SHA256"]))
anew = {"MetadataDirective": "REPLACE", "Metadata": {"n": "1"}, "ContentType": "a/b"}
s3.copy_object(Bucket=B, Key="copy", CopySource=f"{B}/copy", **anew)
head = s3.head_object(Bucket=B, Key="copy")
same("anew", (head["Metadata"], head["ContentType"]), ({"n": "1"}, "a/b"))
refused("InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the "
        "object's metadata, storage class, website redirect location or encryption attributes.",
        s3.copy_object, Bucket=B, Key="copy", CopySource=f"{B}/copy", status=400)
refused("NoSuchKey", "The specified key does not exist.", s3.copy_object, Bucket=B, Key="c", CopySource=f"{B}/none")
refused("NoSuchBucket", "The specified bucket does not exist", s3.copy_object, Bucket=B, Key="c", CopySource="none-there/k")
refused("PreconditionFailed", failed, s3.copy_object, Bucket=B, Key="c", CopySource=f"{B}/ten", CopySourceIfMatch='"0"')
refused("AccessDenied", reader_may_not("s3:GetObject", f"arn:aws:s3:::{B}/ten"),
        reader.copy_object, Bucket=B, Key="c", CopySource=f"{B}/ten")

step("lists: both kinds, with prefixes, delimiters and names that XML cannot hold")
KEYS = ["a/1", "a/2", "b/1", "c", "d e+f", "x\ny", "ü"]
for key in KEYS:
    s3.put_object(Bucket=L, Key=key, Body=b"1")
for operation in ("list_objects", "list_objects_v2"):
    pages = s3.get_paginator(operation).paginate(Bucket=L, PaginationConfig={"PageSize": 2})
    same(operation, [one["Key"] for page in pages for one in page["Contents"]], KEYS)
    pages = s3.get_paginator(operation).paginate(Bucket=L, Delimiter="/", PaginationConfig={"PageSize": 1})
    same("prefixes", [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])], ["a/", "b/"])
page = s3.list_objects_v2(Bucket=L, Delimiter="/", MaxKeys=3)
same("page", (page["KeyCount"], page["IsTruncated"], [one["Key"] for one in page["Contents"]]), (3, True, ["c"]))
same("after", [one["Key"] for one in s3.list_objects_v2(Bucket=L, Prefix="a/", StartAfter="a/1")["Contents"]], ["a/2"])
same("none", s3.list_objects_v2(Bucket=L, Prefix="zzz")["KeyCount"], 0)
refused("InvalidArgument", "The continuation token provided is incorrect", s3.list_objects_v2, Bucket=L, ContinuationToken="no")
several = [{"Key": key} for key in [*KEYS, "never"]]
same("deleted", len(s3.delete_objects(Bucket=L, Delete={"Objects": several})["Deleted"]), 8)
same("empty", s3.list_objects_v2(Bucket=L)["KeyCount"], 0)

step("versions and delete markers")
s3.put_object(Bucket=V, Key="k", Body=b"null")
s3.put_bucket_versioning(Bucket=V, VersioningConfiguration={"Status": "Enabled"})
one, two = (s3.put_object(Bucket=V, Key="k", Body=text)["VersionId"] for text in (b"one", b"two"))
marker = s3.delete_object(Bucket=V, Key="k")
same("marker", marker["DeleteMarker"], True)
refused("NoSuchKey", "The specified key does not exist.", s3.get_object, Bucket=V, Key="k", status=404)
not_that = "The specified method is not allowed against this resource."
refused("MethodNotAllowed", not_that, s3.get_object, Bucket=V, Key="k", VersionId=marker["VersionId"], status=405)
for version, text in ((one, b"one"), (two, b"two"), ("null", b"null")):
    same(version, body("k", Bucket=V, VersionId=version), text)
listed = s3.list_object_versions(Bucket=V)
same("versions", [one["VersionId"] for one in listed["Versions"]], [two, one, "null"])
same("markers", [(one["VersionId"], one["IsLatest"]) for one in listed["DeleteMarkers"]], [(marker["VersionId"], True)])
pages = s3.get_paginator("list_object_versions").paginate(Bucket=V, PaginationConfig={"PageSize": 1})
same("pages", [one["VersionId"] for page in pages for one in page.get("Versions", [])], [two, one, "null"])
refused("InvalidArgument", "Invalid version id specified", s3.get_object, Bucket=V, Key="k", VersionId="no", status=400)
s3.delete_object(Bucket=V, Key="k", VersionId=marker["VersionId"])
same("back", body("k", Bucket=V), b"two")
s3.delete_object(Bucket=V, Key="k", VersionId=two)
refused("NoSuchVersion", "The specified version does not exist.", s3.get_object, Bucket=V, Key="k", VersionId=two, status=404)
same("before", body("k", Bucket=V), b"one")
of_versions = allow(["s3:GetObject", "s3:ListBucket"], [f"arn:aws:s3:::{V}", f"arn:aws:s3:::{V}/*"])
current = client(as_user("tools", "current", policy(of_versions)), "s3")
same("current", current.get_object(Bucket=V, Key="k")["Body"].read(), b"one")
text = denied(f"arn:aws:iam::{TOOLS}:user/current", "s3:GetObjectVersion",
              "because no identity-based policy allows the s3:GetObjectVersion action", f'"arn:aws:s3:::{V}/k"')
refused("AccessDenied", text, current.get_object, Bucket=V, Key="k", VersionId=one)
s3.put_bucket_versioning(Bucket=V, VersioningConfiguration={"Status": "Suspended"})
assert "VersionId" not in s3.put_object(Bucket=V, Key="k", Body=b"new"), "a version in a suspended bucket"
same("null", body("k", Bucket=V, VersionId="null"), b"new")
same("suspended", s3.delete_object(Bucket=V, Key="k")["VersionId"], "null")

step("the aws CLI as everybody uses it: cp, sync, ls, rm")
site = Path("site/sub")
site.mkdir(parents=True)
Path("site/index.html").write_text("<p>")
Path("site/ü +&.txt").write_text("u")
(site / "big.bin").write_bytes(os.urandom(20 << 20))
# S3 tells times in whole seconds: what is written and sent within one looks newer here than there.
for path in (path for path in Path("site").rglob("*") if path.is_file()):
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2))
cli("tools", "s3", "cp", "site", f"s3://{B}/site", "--recursive", "--no-progress")
same("nothing to do", cli("tools", "s3", "sync", "site", f"s3://{B}/site"), "")
Path("site/index.html").write_text("<p>changed")
Path("site/ü +&.txt").unlink()
done = cli("tools", "s3", "sync", "site", f"s3://{B}/site", "--delete", "--no-progress")
same("synced", sorted(line.split(":")[0] for line in done.splitlines()), ["delete", "upload"])
cli("tools", "s3", "sync", f"s3://{B}/site", "back", "--no-progress")
for name in ("index.html", "sub/big.bin"):
    assert Path("back", name).read_bytes() == Path("site", name).read_bytes(), f"{name} came back changed"
assert "index.html" in cli("tools", "s3", "ls", f"s3://{B}/site/")
cli("tools", "s3", "cp", f"s3://{B}/site/sub/big.bin", f"s3://{B}/copied.bin", "--no-progress")
copied = s3.get_object(Bucket=B, Key="copied.bin")
same("copied in parts", (copied["ETag"][-3:], copied["Body"].read()), ('-3"', (site / "big.bin").read_bytes()))
same("to standard output", cli("tools", "s3", "cp", f"s3://{B}/site/index.html", "-"), "<p>changed")
cli("tools", "s3", "mv", f"s3://{B}/site/index.html", f"s3://{B}/moved.html", "--no-progress")
same("moved", body("moved.html"), b"<p>changed")
nobody = as_user("tools", "nobody")
ran = run_cli(nobody, "s3", "cp", "back/index.html", f"s3://{B}/x", "--no-progress")
assert "s3:PutObject on resource: \"arn:aws:s3:::things/x\" because no identity-based policy" in ran.stderr, ran.stderr
cli("tools", "s3", "rm", f"s3://{B}/site", "--recursive")
same("removed", s3.list_objects_v2(Bucket=B, Prefix="site")["KeyCount"], 0)
