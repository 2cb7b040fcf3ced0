//! Stories told by the real clients: the aws CLI and boto3 against a `sekisho serve` of their own.
//!
//! Each story is a Python file in `stories/`, which begins with a new data folder. What is said and
//! refused is in there; here the server is started, and afterwards killed and its journal verified.
//!
//! The clients stand in `target/clients`, where `cargo xtask test` installs what
//! `requirements.txt` pins. Where they are absent the stories say so and pass; in
//! `cargo xtask test` the place comes in `SEKISHO_CLIENTS`, and then they must be there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod clients;
mod server;

use clients::Clients;
use server::Server;

/// Tells a story, or says why it cannot be told.
fn tell(story: &str) {
    tell_served(story, &[]);
}

/// Tells a story to a server that is started with more arguments.
fn tell_served(story: &str, arguments: &[&str]) {
    let Some(clients) = Clients::find() else {
        clients::say_skipped();
        return;
    };
    let mut server = Server::start(story, arguments);
    let told = clients.tell(story, &server);
    server.kill();
    assert!(
        told.succeeded,
        "the story `{story}` went wrong\n\n== the story ==\n{}\n== the server, call by call ==\n{}",
        told.output,
        server.calls()
    );
    let verified = server.verify_journal();
    assert!(verified.succeeded, "after the story `{story}`: {}", verified.output);
}

#[test]
fn the_pipeline_as_it_is_written_is_refused_step_by_step() {
    tell("article");
}

#[test]
fn the_pipeline_repaired_works_and_is_shut_to_others() {
    tell_served("repaired", &["--tls"]);
}

#[test]
fn a_boundary_denies_the_upload_and_is_named() {
    tell("boundary");
}

#[test]
fn iam() {
    tell("iam");
}

#[test]
fn organizations() {
    tell("organizations");
}

#[test]
fn sts() {
    tell("sts");
}

#[test]
fn cloudtrail() {
    tell("cloudtrail");
}

#[test]
fn kms() {
    tell("kms");
}

#[test]
fn s3_buckets() {
    tell("s3_buckets");
}

#[test]
fn s3_kms() {
    tell("s3_kms");
}

#[test]
fn s3_objects() {
    tell("s3_objects");
}

#[test]
fn s3_uploads() {
    tell("s3_uploads");
}

#[test]
fn secretsmanager() {
    tell("secretsmanager");
}

#[test]
fn ssm() {
    tell("ssm");
}
