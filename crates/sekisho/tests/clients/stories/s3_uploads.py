"""S3: uploads in parts, and URLs that carry their signature."""

import base64
import hashlib
import io
import os
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from boto3.s3.transfer import TransferConfig

from story import TOOLS, allow, as_user, cli, client, denied, policy, refused, same, step

B = "uploads"
FIVE = os.urandom(5 * 1024 * 1024)
s3 = client("tools", "s3")
s3.create_bucket(Bucket=B)


def began(key: str, **how) -> str:
    return s3.create_multipart_upload(Bucket=B, Key=key, **how)["UploadId"]


def part(key: str, upload: str, number: int, body: bytes, **how) -> dict:
    answer = s3.upload_part(Bucket=B, Key=key, UploadId=upload, PartNumber=number, Body=body, **how)
    return {"PartNumber": number, "ETag": answer["ETag"], **{n: v for n, v in answer.items() if n.startswith("Checksum")}}


def completed(key: str, upload: str, parts: list, **how) -> dict:
    return s3.complete_multipart_upload(Bucket=B, Key=key, UploadId=upload, MultipartUpload={"Parts": parts}, **how)


def bare(parts: list) -> list:
    return [{"PartNumber": one["PartNumber"], "ETag": one["ETag"]} for one in parts]


def b64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


step("two parts become an object")
upload = began("two", ContentType="text/x", Metadata={"a": "b"}, Tagging="q=1")
parts = [part("two", upload, 1, FIVE), part("two", upload, 2, b"tail")]
listed = s3.list_parts(Bucket=B, Key="two", UploadId=upload)
same("parts", [(one["PartNumber"], one["Size"]) for one in listed["Parts"]], [(1, len(FIVE)), (2, 4)])
same("uploads", [one["UploadId"] for one in s3.list_multipart_uploads(Bucket=B)["Uploads"]], [upload])
pages = s3.get_paginator("list_parts").paginate(Bucket=B, Key="two", UploadId=upload, PaginationConfig={"PageSize": 1})
same("pages", [one["PartNumber"] for page in pages for one in page["Parts"]], [1, 2])
bad = "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity " \
    "tag may not match the part's entity tag."
wrong = {"Bucket": B, "Key": "two", "UploadId": upload}
refused("InvalidPart", bad, s3.complete_multipart_upload, **wrong, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": "no"}]})
refused("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.",
        s3.complete_multipart_upload, **wrong, MultipartUpload={"Parts": bare(parts)[::-1]})
refused("InvalidRequest", "You must specify at least one part", s3.complete_multipart_upload, **wrong)
refused("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive",
        s3.upload_part, **wrong, PartNumber=10001, Body=b"x")
done = completed("two", upload, bare(parts))
digest = hashlib.md5(hashlib.md5(FIVE).digest() + hashlib.md5(b"tail").digest()).hexdigest()
same("etag", done["ETag"], f'"{digest}-2"')
head = s3.head_object(Bucket=B, Key="two")
same("head", (head["ContentLength"], head["ContentType"], head["Metadata"]), (len(FIVE) + 4, "text/x", {"a": "b"}))
second = s3.get_object(Bucket=B, Key="two", PartNumber=2)
same("part", (second["Body"].read(), second["PartsCount"]), (b"tail", 2))
same("tags", s3.get_object_tagging(Bucket=B, Key="two")["TagSet"], [{"Key": "q", "Value": "1"}])
gone = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
refused("NoSuchUpload", gone, s3.list_parts, **wrong, status=404)

step("too small, given up")
upload = began("small")
parts = [part("small", upload, number, b"x") for number in (1, 2)]
small = refused("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", s3.complete_multipart_upload,
                Bucket=B, Key="small", UploadId=upload, MultipartUpload={"Parts": bare(parts)}, status=400)["Error"]
same("small", (small["ProposedSize"], small["MinSizeAllowed"], small["PartNumber"]), ("1", "5242880", "1"))
s3.abort_multipart_upload(Bucket=B, Key="small", UploadId=upload)
refused("NoSuchUpload", gone, s3.upload_part, Bucket=B, Key="small", UploadId=upload, PartNumber=1, Body=b"x")

step("checksums of parts, and of what they make")
for algorithm, kind in (("SHA256", "COMPOSITE"), ("SHA1", "COMPOSITE"), ("CRC32", "COMPOSITE"), ("CRC32", "FULL_OBJECT")):
    member = f"Checksum{algorithm}"
    upload = began("sums", ChecksumAlgorithm=algorithm, ChecksumType=kind)
    parts = [part("sums", upload, n, body, ChecksumAlgorithm=algorithm) for n, body in ((1, FIVE), (2, b"tail"))]
    if kind == "COMPOSITE":
        missing = f"The upload was created using a {algorithm.lower()} checksum. The complete request must include the checksum " \
            "for each part. It was missing for part 1 in the request."
        refused("InvalidRequest", missing, s3.complete_multipart_upload, Bucket=B, Key="sums", UploadId=upload,
                MultipartUpload={"Parts": bare(parts)})
    done = completed("sums", upload, parts, ChecksumType=kind)
    same("kind", (done["ChecksumType"], done[member].endswith("-2")), (kind, kind == "COMPOSITE"))
    shown = s3.get_object_attributes(Bucket=B, Key="sums", ObjectAttributes=["Checksum", "ObjectParts"])
    same("attributes", shown["Checksum"][member], done[member].removesuffix("-2"))
    same("of parts", [one[member] for one in shown["ObjectParts"]["Parts"]], [one[member] for one in parts])
    last = s3.get_object(Bucket=B, Key="sums", PartNumber=2, ChecksumMode="ENABLED")
    same("of the last part", (last["Body"].read(), last[member]), (b"tail", parts[1][member]))
    if algorithm == "SHA256":
        sums = hashlib.sha256(hashlib.sha256(FIVE).digest() + hashlib.sha256(b"tail").digest())
        same("computed", done[member], b64(sums.digest()) + "-2")

step("twenty megabytes by the transfer manager, in parts, there and back")
data = os.urandom(20 << 20)
chunks = TransferConfig(multipart_threshold=8 << 20, multipart_chunksize=8 << 20)
s3.upload_fileobj(io.BytesIO(data), B, "big", Config=chunks)
back = io.BytesIO()
s3.download_fileobj(B, "big", back, Config=chunks)
assert back.getvalue() == data, "it came back changed"
assert s3.head_object(Bucket=B, Key="big")["ETag"].endswith('-3"'), "not in three parts"

step("who may not put may not upload in parts")
mallory = client(as_user("tools", "mallory", policy(allow("s3:GetObject"))), "s3")
MALLORY = f"arn:aws:iam::{TOOLS}:user/mallory"


def may_not(action: str, resource: str) -> str:
    return denied(MALLORY, action, f"because no identity-based policy allows the {action} action", f'"{resource}"')


upload = began("ours")
refused("AccessDenied", may_not("s3:PutObject", f"arn:aws:s3:::{B}/ours"), mallory.create_multipart_upload, Bucket=B, Key="ours")
refused("AccessDenied", may_not("s3:PutObject", f"arn:aws:s3:::{B}/ours"), mallory.upload_part,
        Bucket=B, Key="ours", UploadId=upload, PartNumber=1, Body=b"x")
refused("AccessDenied", may_not("s3:AbortMultipartUpload", f"arn:aws:s3:::{B}/ours"), mallory.abort_multipart_upload,
        Bucket=B, Key="ours", UploadId=upload)
refused("AccessDenied", may_not("s3:ListMultipartUploadParts", f"arn:aws:s3:::{B}/ours"), mallory.list_parts,
        Bucket=B, Key="ours", UploadId=upload)


def fetch(url: str, **how) -> tuple:
    """Status, headers and body of a request that is not signed in its headers."""
    try:
        with urlopen(Request(url, **how), timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def says(what: str, found: tuple, status: int, *words: str) -> None:
    same(what, found[0], status)
    for word in words:
        assert word in found[2].decode(), f"{what}: {word} is not in {found[2]}"


step("a URL of boto3's, and one of the aws CLI's")
s3.put_object(Bucket=B, Key="k", Body=b"hello")
url = s3.generate_presigned_url("get_object", Params={"Bucket": B, "Key": "k", "ResponseContentType": "x/y"}, ExpiresIn=100)
found = fetch(url)
same("got", (found[0], found[1]["Content-Type"], found[2]), (200, "x/y", b"hello"))
url = cli("tools", "s3", "presign", f"s3://{B}/k", "--expires-in", "100").strip()
same("got", fetch(url)[2], b"hello")

step("a URL that was changed, and one of somebody who may not")
differs = "<Message>The request signature we calculated does not match the signature you provided. Check your key and signing " \
    "method.</Message>"
says("another key", fetch(url.replace("/k?", "/two?")), 403, "<Code>SignatureDoesNotMatch</Code>", differs)
says("another method", fetch(url, method="DELETE"), 403, "<Code>SignatureDoesNotMatch</Code>")
hers = mallory.generate_presigned_url("put_object", Params={"Bucket": B, "Key": "k"})
says("hers", fetch(hers, method="PUT", data=b"x"), 403, "<Code>AccessDenied</Code>", f"user/mallory is not authorized to perform: s3:PutObject")
long = s3.generate_presigned_url("get_object", Params={"Bucket": B, "Key": "k"}, ExpiresIn=604801)
says("eight days", fetch(long), 400, "<Code>AuthorizationQueryParametersError</Code>", "less than a week")
brief = s3.generate_presigned_url("get_object", Params={"Bucket": B, "Key": "k"}, ExpiresIn=1)
time.sleep(2.1)
says("expired", fetch(brief), 403, "<Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>1</X-Amz-Expires>")

step("a URL to put with: headers as they were signed, and none besides")
url = s3.generate_presigned_url("put_object", Params={"Bucket": B, "Key": "put", "ContentType": "text/z"}, ExpiresIn=100)
typed = {"Content-Type": "text/z"}
same("put", fetch(url, method="PUT", data=b"posted", headers=typed)[0], 200)
same("there", s3.get_object(Bucket=B, Key="put")["ContentType"], "text/z")
says("another type", fetch(url, method="PUT", data=b"no", headers={"Content-Type": "a/b"}), 403, "SignatureDoesNotMatch")
found = fetch(url, method="PUT", data=b"no", headers={**typed, "x-amz-meta-a": "b"})
says("more headers", found, 403, "<Code>AccessDenied</Code><Message>There were headers present in the request which were not signed",
     "<HeadersNotSigned>x-amz-meta-a</HeadersNotSigned>")
same("unharmed", s3.get_object(Bucket=B, Key="put")["Body"].read(), b"posted")

step("only URLs have an age that a policy can limit")
young = policy(allow("s3:GetObject", Condition={"NumericLessThan": {"s3:signatureAge": "600000"}}))
carol = client(as_user("tools", "carol", young), "s3")
same("young", fetch(carol.generate_presigned_url("get_object", Params={"Bucket": B, "Key": "k"}))[2], b"hello")
text = may_not("s3:GetObject", f"arn:aws:s3:::{B}/k").replace("mallory", "carol")
refused("AccessDenied", text, carol.get_object, Bucket=B, Key="k")
