//! Replies of the query protocol: the result in its wrapper, then the request's id.

use crate::model::{Kind, Operation, Service};
use crate::text::{self, Place};
use crate::value::Structure;
use crate::xml::write::{Writer, known, within};

/// Writes a reply.
pub(crate) fn reply(
    service: &'static Service,
    operation: &'static Operation,
    output: &Structure,
    request_id: &str,
) -> Result<String, String> {
    let mut writer = Writer::new(service, place(service), false);
    let root = format!("{}Response", operation.name);
    writer.open(&root, service.xml_namespace);
    result(&mut writer, service, operation, output)?;
    writer.open("ResponseMetadata", "");
    writer.leaf("RequestId", request_id);
    writer.close("ResponseMetadata");
    writer.close(&root);
    Ok(writer.finish())
}

/// Services that tell milliseconds in their XML: the examples of `DescribeStacks` and
/// `DescribeAlarms` in their API references.
const PRECISE: [&str; 2] = ["cloudformation", "cloudwatch"];

fn place(service: &Service) -> Place {
    if PRECISE.contains(&service.name) { Place::Precise } else { Place::Query }
}

fn result(
    writer: &mut Writer,
    service: &'static Service,
    operation: &'static Operation,
    output: &Structure,
) -> Result<(), String> {
    let Some(id) = operation.output else {
        return match output.iter().next() {
            Some((name, _)) => Err(within(name, "is not in the model: there is no output")),
            None => Ok(()),
        };
    };
    let Kind::Structure(shape) = &text::shape(service, id)?.kind else {
        return Err("the output is no structure in the model".to_owned());
    };
    known(shape, output)?;
    let wrapper = wrapper(operation);
    writer.open(&wrapper, "");
    writer.members(shape, output, |_| true)?;
    writer.close(&wrapper);
    Ok(())
}

/// CloudWatch's model leads with another protocol and so has no wrappers; on the wire they are called
/// as everywhere.
fn wrapper(operation: &Operation) -> String {
    match operation.result_wrapper {
        "" => format!("{}Result", operation.name),
        named => named.to_owned(),
    }
}
