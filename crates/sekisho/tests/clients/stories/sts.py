"""STS: who one is, and whom one may become."""

from story import cli, same, step

step("smoke")
same("account", cli("tools", "sts", "get-caller-identity")["Account"], "111111111111")
