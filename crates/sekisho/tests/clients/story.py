"""What the stories are told with: callers, their clients, and refusals word for word.

A caller is the name of a profile (`"tools"`: the administrator of that account) or a `Caller` with keys
of its own. Whatever a story says can be said with boto3, `client(caller, service).operation(...)`, or
with the aws CLI, `cli(caller, service, operation, ...)`.
"""

import json
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Callable, Optional, Union

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

TOOLS, STAGING, PRODUCTION = "111111111111", "222222222222", "333333333333"
REGION = "us-east-1"

#: Seconds; a story that waits longer has found a server that does not answer.
PATIENCE = 30


@dataclass(frozen=True)
class Caller:
    """Who calls: keys of a user, or of a session. `account` is the profile whose endpoint is called."""

    account: str
    key_id: str
    secret: str
    token: Optional[str] = None

    @classmethod
    def of_session(cls, account: str, credentials: dict) -> "Caller":
        """The credentials of an answer of STS."""
        keys = ("AccessKeyId", "SecretAccessKey", "SessionToken")
        return cls(account, *(credentials[key] for key in keys))


Who = Union[str, Caller]


def step(what: str) -> None:
    """Says what comes; a story that goes wrong shows how far it came."""
    print(f"-- {what}", flush=True)


# boto3


def client(who: Who, service: str, region: str = REGION, **config):
    """A client of boto3; `config` is botocore's, such as `s3={"addressing_style": "path"}`."""
    settings = {"retries": {"total_max_attempts": 1}, "read_timeout": PATIENCE, **config}
    return _session(who).client(service, region_name=region, config=Config(**settings))


@cache
def _session(who: Who) -> boto3.Session:
    """A session reads the models of its services once."""
    if isinstance(who, str):
        return boto3.Session(profile_name=who)
    return boto3.Session(
        aws_access_key_id=who.key_id,
        aws_secret_access_key=who.secret,
        aws_session_token=who.token,
        profile_name=who.account,
    )


def as_role(who: Who, role: str, session: str = "story", **how) -> Caller:
    """The session of a role; `how` is what AssumeRole takes besides (`ExternalId`, `Policy`, `Tags` ...)."""
    answer = client(who, "sts").assume_role(RoleArn=role, RoleSessionName=session, **how)
    account = who.account if isinstance(who, Caller) else who
    return Caller.of_session(account, answer["Credentials"])


def as_user(account: str, name: str, policy: Optional[dict] = None, **how) -> Caller:
    """A new user with an access key, and with one inline policy where there is one."""
    iam = client(account, "iam")
    iam.create_user(UserName=name, **how)
    if policy is not None:
        iam.put_user_policy(UserName=name, PolicyName="given", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return Caller(account, key["AccessKeyId"], key["SecretAccessKey"])


# The aws CLI


def run_cli(who: Who, *words: str, region: str = REGION) -> subprocess.CompletedProcess:
    """Runs the aws CLI, however it ends."""
    environment = dict(os.environ)
    if isinstance(who, Caller):
        # Keys in the environment stand before those of the profile, which says where the server is.
        environment |= {"AWS_ACCESS_KEY_ID": who.key_id, "AWS_SECRET_ACCESS_KEY": who.secret}
        environment |= {"AWS_SESSION_TOKEN": who.token} if who.token else {}
    environment["AWS_PROFILE"] = who.account if isinstance(who, Caller) else who
    said = ["aws", *words, "--region", region, "--cli-read-timeout", str(PATIENCE)]
    return subprocess.run(
        said, env=environment, capture_output=True, text=True, timeout=4 * PATIENCE, check=False
    )


def cli(who: Who, *words: str, region: str = REGION):
    """What the aws CLI answers: JSON read, other text as it is."""
    ran = run_cli(who, *words, region=region)
    assert ran.returncode == 0, f"aws {' '.join(words)}: ended with {ran.returncode}\n{ran.stderr}"
    try:
        return json.loads(ran.stdout)
    except ValueError:
        return ran.stdout


def add_profile(name: str, **settings: str) -> None:
    """Another profile beside those of the server; `settings` as in a config file of the aws CLI."""
    lines = (f"{key} = {value}\n" for key, value in settings.items())
    with open(os.environ["AWS_CONFIG_FILE"], "a", encoding="utf-8") as config:
        config.write(f"[profile {name}]\n{''.join(lines)}\n")


def endpoint(account: str) -> str:
    """Where the server is, as the account's profile says."""
    return client(account, "sts").meta.endpoint_url


# Refusals


def denied(caller: str, action: str, why: str, resource: Optional[str] = None) -> str:
    """AWS's text of a denial: `why` is all that comes after the resource."""
    on = f" on resource: {resource}" if resource else ""
    return f"User: {caller} is not authorized to perform: {action}{on} {why}"


def refused(code: str, message: str, call: Callable, status: Optional[int] = None, **how) -> dict:
    """Makes a call with boto3 that must be refused with exactly this, and answers the error's body."""
    try:
        answer = call(**how)
    except ClientError as error:
        response = error.response
    else:
        raise AssertionError(f"not refused ({code} was expected): {answer}")
    same("code", response["Error"]["Code"], code)
    same("message", response["Error"].get("Message", ""), message)
    if status is not None:
        same("status", response["ResponseMetadata"]["HTTPStatusCode"], status)
    return response


def refused_cli(who: Who, code: str, message: str, *words: str, region: str = REGION) -> str:
    """Makes a call with the aws CLI that must be refused with exactly this, and answers all it said."""
    ran = run_cli(who, *words, region=region)
    assert ran.returncode != 0, f"aws {' '.join(words)}: not refused: {ran.stdout}"
    _, found, after = ran.stderr.partition("An error occurred (")
    assert found, f"aws {' '.join(words)}: no error of AWS: {ran.stderr}"
    said_code, _, rest = after.partition(") when calling the ")
    said_message = rest.partition(" operation: ")[2].strip()
    same("code", said_code, code)
    same("message", said_message, message)
    return ran.stderr


def same(what: str, found, expected) -> None:
    """Asserts that two things are equal, and shows both if they are not."""
    assert found == expected, f"{what}:\n  found    {found!r}\n  expected {expected!r}"


# Policies, and the world


def policy(*statements: dict) -> dict:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(actions, resources="*", **more) -> dict:
    """A statement that allows; `more` is `Principal`, `Condition`, `Sid`."""
    return _statement("Allow", actions, resources, more)


def deny(actions, resources="*", **more) -> dict:
    """A statement that denies."""
    return _statement("Deny", actions, resources, more)


def trust(principal, **condition) -> dict:
    """A trust policy of one statement; `condition` is operators with their keys."""
    return policy(_statement("Allow", "sts:AssumeRole", None, {"Principal": principal, "Condition": condition}))


def _statement(effect: str, actions, resources, more: dict) -> dict:
    parts = {"Effect": effect, "Action": actions, "Resource": resources, **more}
    return {name: part for name, part in parts.items() if part}


def move_clock(forward: str) -> None:
    """Moves the server's clock forward, by `90d`, `1h30m` ..."""
    subprocess.run(
        [os.environ["SEKISHO"], "clock", forward, "--data", os.environ["SEKISHO_DATA"]],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
