package dev.parley.expression;

import java.util.List;
import net.sf.saxon.Configuration;
import net.sf.saxon.lib.ErrorReporter;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.lib.Logger;
import net.sf.saxon.lib.ParseOptions;
import net.sf.saxon.lib.StandardCollationURIResolver;
import net.sf.saxon.om.NamespaceUri;
import net.sf.saxon.om.StructuredQName;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.trans.XPathException;

/**
 * The one Saxon of this process, since trees of two cannot be mixed. Locked down: an expression
 * reaches nothing but its environment, and gives the same on every machine.
 */
final class Saxon {
  static final ErrorReporter SILENT = _ -> {};

  /** Reach files, the network or the process; or differ from one evaluation to the next. */
  static final List<String> REFUSED_FUNCTIONS =
      List.of(
          "available-environment-variables",
          "collection",
          "doc",
          "doc-available",
          "document",
          "environment-variable",
          "generate-id",
          "json-doc",
          "load-xquery-module",
          "put",
          "random-number-generator",
          "trace",
          "transform",
          "unparsed-text",
          "unparsed-text-available",
          "unparsed-text-lines",
          "uri-collection");

  static final Configuration CONFIGURATION = lockedDown();
  static final Processor PROCESSOR = new Processor(CONFIGURATION);

  private Saxon() {}

  private static Configuration lockedDown() {
    var configuration = new LockedConfiguration();
    configuration.setConfigurationProperty(Feature.REGEX_BACKTRACKING_LIMIT, 1_000_000);
    configuration.setLogger(new NoLogger());
    configuration.setErrorReporterFactory(_ -> SILENT);
    configuration.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
    configuration.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "");
    configuration.setConfigurationProperty(Feature.DEFAULT_LANGUAGE, "en");
    configuration.setConfigurationProperty(Feature.DEFAULT_COUNTRY, "US");
    configuration.setParseOptions(
        new ParseOptions()
            .withParserFeature("http://apache.org/xml/features/disallow-doctype-decl", true));
    refuseResources(configuration);
    for (var name : REFUSED_FUNCTIONS) {
      configuration.disableFunction(new StructuredQName("fn", NamespaceUri.FN, name));
    }
    configuration.registerExtensionFunction(new UuidFunction());
    MessagingFunction.all().forEach(configuration::registerExtensionFunction);
    for (var name : DataFunction.NAMES) {
      configuration.registerExtensionFunction(new DataFunction(NamespaceUri.FN, name));
      configuration.registerExtensionFunction(new DataFunction(DataFunction.BPMN, name));
    }
    return configuration;
  }

  private static void refuseResources(Configuration configuration) {
    configuration.setResourceResolver(
        _ -> {
          throw refused();
        });
    configuration.setUnparsedTextURIResolver(
        (_, _, _, _) -> {
          throw refused();
        });
    configuration.setModuleURIResolver(
        (_, _, _) -> {
          throw new XPathException("Expected a query in one piece, found an import", "XQST0059");
        });
    configuration.setCollectionFinder(
        (_, _) -> {
          throw refused();
        });
    configuration.setConfigurationProperty(
        Feature.ENVIRONMENT_VARIABLE_RESOLVER, new NoEnvironment());
    configuration.setCollationURIResolver(
        (uri, c) ->
            // Saxon's own collations load classes by name.
            uri.startsWith("http://www.w3.org/")
                ? StandardCollationURIResolver.getInstance().resolve(uri, c)
                : null);
  }

  private static XPathException refused() {
    return new XPathException("An expression reads nothing but its data", "FODC0002");
  }

  private static final class NoLogger extends Logger {
    @Override
    public void println(String message, int severity) {}
  }
}
