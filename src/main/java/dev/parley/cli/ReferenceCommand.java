package dev.parley.cli;

import static dev.parley.bpmn.Table.code;

import dev.parley.bpmn.Reference;
import dev.parley.bpmn.Table;
import dev.parley.deployment.PolicyReference;
import dev.parley.engine.RaisedErrors;
import dev.parley.wsdl.Rules;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what executes. */
@Command(
    name = "reference",
    description = "Says what executes, with which attributes, and what is refused, as Markdown.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  parley reference", "  parley reference | less"})
final class ReferenceCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(markdown());
    out.flush();
    return 0;
  }

  /** The file {@code docs/reference.md}. */
  static String markdown() {
    return """
    # Reference

    What executes, from the tables in the code that decide it; `parley reference` prints it. \
    An element may also have an `id`, a `name`, `documentation` and `extensionElements`; whatever else is not listed is refused.

    %s
    %s
    %s
    %s\
    """
        .formatted(Reference.elements(), PolicyReference.policies(), errors(), findings());
  }

  private static String errors() {
    var table = new Table("code", "when");
    RaisedErrors.all().forEach(e -> table.row(code(e.code().getLocalPart()), e.when()));
    return """
    ## Errors that the engine raises

    In the namespace `urn:parley:1`: an error event with the `errorCode` `{urn:parley:1}DeliveryFailed` catches the first one. \
    A fault that an operation declares is an error too, with the fault's name in its interface's namespace. \
    What nobody catches ends the instance, and its open exchanges with a fault.

    %s\
    """
        .formatted(table);
  }

  private static String findings() {
    return """
    ## Rules

    Every finding of `parley check` has the name of its rule.

    * Contracts: %s
    * Models: %s
    * Bundles: %s
    * Advice, with `--advise` ([explained](modelling.md)): %s
    """
        .formatted(
            listed(Rules.names()),
            listed(Reference.rules()),
            listed(PolicyReference.rules()),
            listed(PolicyReference.advice()));
  }

  private static String listed(List<String> names) {
    return names.stream().map(Table::code).collect(Collectors.joining(", "));
  }
}
