//! AWS's API models, as facts in one compressed text a service.
//!
//! The form of the text is described where it is read: `sekisho-wire`, `model/format.rs`.

mod service;

use super::Vendored;
use super::wheel::{Pin, Wheel};
use anyhow::{Context as _, Result};
use service::Model;

const BOTOCORE: Pin = Pin {
    name: "botocore",
    version: "1.44.5",
    sha256: "8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921",
};

/// The services that are vendored, as botocore names them.
const SERVICES: [&str; 22] = [
    "cloudformation",
    "cloudtrail",
    "cloudwatch",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "ecr",
    "ecs",
    "events",
    "iam",
    "kms",
    "lambda",
    "logs",
    "organizations",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "stepfunctions",
    "sts",
];

/// The strongest deflate level: the files are written once and read often.
const LEVEL: u8 = 10;

/// The files this module vendors.
pub(super) fn files() -> Result<Vec<Vendored>> {
    let botocore = BOTOCORE.fetch()?;
    let mut files =
        SERVICES.map(|name| file(&botocore, name)).into_iter().collect::<Result<Vec<_>>>()?;
    files.push(Vendored {
        path: "crates/sekisho-wire/data/NOTICE".to_owned(),
        bytes: notice(&botocore)?.into_bytes(),
    });
    Ok(files)
}

fn file(botocore: &Wheel, name: &str) -> Result<Vendored> {
    let text =
        newest(botocore, name)?.text(name).with_context(|| format!("in the model of `{name}`"))?;
    Ok(Vendored {
        path: format!("crates/sekisho-wire/data/models/{name}.txt.z"),
        bytes: miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), LEVEL),
    })
}

/// The model of a service in its newest API version; versions are dates.
fn newest(botocore: &Wheel, name: &str) -> Result<Model> {
    let folder = format!("botocore/data/{name}");
    let versions = botocore.names(&folder)?;
    let newest = versions.last().with_context(|| format!("`{folder}` is empty"))?;
    botocore.json(&format!("{folder}/{newest}/service-2.json.gz"))
}

fn notice(botocore: &Wheel) -> Result<String> {
    let Pin { name, version, .. } = BOTOCORE;
    let theirs = botocore.text(&format!("{name}-{version}.dist-info/NOTICE"))?;
    Ok(format!(
        "The files of models/ hold facts of AWS's API models: names of services, operations, shapes,
members and errors, and the constraints on values. No descriptions were taken.

Source: the `service-2.json` files of the Python package {name}, version {version}, under the Apache
License 2.0, whose text is in LICENSE-APACHE at the root of this repository.
Changed: strips the descriptions and writes another form. Written by `cargo xtask vendor`.

The package comes with this notice:

{}
",
        theirs.trim()
    ))
}
