package dev.parley.wsdl;

import com.ctc.wstx.msv.W3CSchema;
import com.ctc.wstx.shaded.msv_core.grammar.xmlschema.XMLSchemaGrammar;
import com.ctc.wstx.shaded.msv_core.reader.GrammarReaderController;
import com.ctc.wstx.shaded.msv_core.reader.xmlschema.XMLSchemaReader;
import dev.parley.finding.Location;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Compiles the schemas of a bundle twice: with the JDK, which knows every rule of XML Schema 1.0
 * and says which is broken, and with Woodstox's validator, which validates messages while they are
 * read, in less than half the JDK's time.
 */
final class SchemaCompiler {
  private static final Pattern RULE = Pattern.compile("([a-z0-9A-Z_.-]+): (.*)", Pattern.DOTALL);

  private final SchemaTexts texts;
  private final Findings findings;

  SchemaCompiler(SchemaTexts texts, Findings findings) {
    this.texts = texts;
    this.findings = findings;
  }

  /** Empty when there were findings. */
  Optional<SchemaSet> compile() {
    return texts.namespaces().isEmpty() ? Optional.of(SchemaSet.NONE) : exact().flatMap(this::both);
  }

  private Optional<SchemaSet> both(Schema exact) {
    var complaints = new Complaints();
    var parsers = SAXParserFactory.newDefaultNSInstance();
    var grammar = XMLSchemaReader.parse(source(SchemaTexts.ALL), parsers, complaints);
    if (grammar == null || complaints.any) {
      return Optional.empty();
    }
    var fast = texts.fast() ? new W3CSchema(grammar) : null;
    return Optional.of(new SchemaSet(fast, exact, elements(grammar), texts.made()));
  }

  private Optional<Schema> exact() {
    var faults = new Faults();
    try {
      var factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "parley");
      factory.setResourceResolver((_, _, _, address, _) -> new SchemaInput(address, texts));
      factory.setErrorHandler(faults);
      var all = new StreamSource(new StringReader(texts.at(SchemaTexts.ALL)), SchemaTexts.ALL);
      var schema = factory.newSchema(all);
      return faults.any ? Optional.empty() : Optional.of(schema);
    } catch (SAXException e) {
      faults.record(e);
      return Optional.empty();
    }
  }

  private InputSource source(String address) {
    var source = new InputSource(new StringReader(texts.at(address)));
    source.setSystemId(address);
    return source;
  }

  private Set<QName> elements(XMLSchemaGrammar grammar) {
    var elements = new HashSet<QName>();
    for (var namespace : texts.namespaces()) {
      for (var declaration : grammar.getByNamespace(namespace).elementDecls.getAll()) {
        elements.add(new QName(namespace, declaration.name));
      }
    }
    return elements;
  }

  private void invalid(@Nullable String address, int line, String message) {
    Matcher rule = RULE.matcher(named(message));
    boolean coded = rule.matches();
    findings.error(
        new Location(texts.files().getOrDefault(String.valueOf(address), ""), Math.max(0, line), 0),
        "",
        Rule.SCHEMA_INVALID,
        coded ? rule.group(2) : named(message),
        coded
            ? "Correct the schema (XML Schema 1.0, constraint %s).".formatted(rule.group(1))
            : "Correct the schema.");
  }

  private String named(String message) {
    var named = message;
    for (var file : texts.files().entrySet()) {
      named = named.replace("'" + file.getKey() + "'", "'" + file.getValue() + "'");
    }
    return named;
  }

  private final class Faults implements ErrorHandler {
    boolean any;

    void record(SAXException e) {
      // The factory throws once more what the handler already has.
      if (!any) {
        error(e instanceof SAXParseException p ? p : new SAXParseException(e.getMessage(), null));
      }
    }

    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) {
      any = true;
      invalid(e.getSystemId(), e.getLineNumber(), String.valueOf(e.getMessage()));
    }

    @Override
    public void fatalError(SAXParseException e) {
      error(e);
    }
  }

  private final class Complaints implements GrammarReaderController {
    boolean any;

    @Override
    public void warning(Locator[] at, String message) {}

    @Override
    public void error(Locator[] at, String message, @Nullable Exception cause) {
      any = true;
      var first = at == null || at.length == 0 ? null : at[0];
      invalid(
          first == null ? null : first.getSystemId(),
          first == null ? 0 : first.getLineNumber(),
          message);
    }

    @Override
    public InputSource resolveEntity(@Nullable String publicId, String address) {
      return source(address);
    }
  }
}
