package dev.parley.expression;

import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.io.ByteArrayOutputStream;
import net.sf.saxon.Controller;
import net.sf.saxon.expr.XPathContext;
import net.sf.saxon.ma.json.JsonHandlerMap;
import net.sf.saxon.ma.json.JsonParser;
import net.sf.saxon.om.GroundedValue;
import net.sf.saxon.om.Item;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.Serializer;
import net.sf.saxon.s9api.XdmValue;
import net.sf.saxon.str.StringView;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.BigDecimalValue;
import net.sf.saxon.value.EmptySequence;
import net.sf.saxon.value.IntegerValue;

/**
 * JSON between bytes and XDM maps and arrays (XPath Functions 3.1, section 17.5), with one
 * difference: a number without exponent is an integer or a decimal, so that no digit of an order's
 * number is lost.
 */
final class JsonText {
  private static final int FLAGS = JsonParser.DUPLICATES_REJECTED | JsonParser.ALLOW_ANY_TOP_LEVEL;

  private JsonText() {}

  /** A map, an array or a simple value; empty for null. */
  static GroundedValue parse(Body body) {
    try {
      var context = new Controller(Saxon.CONFIGURATION).newXPathContext();
      var parser = new JsonParser();
      var handler = new ExactNumbers(context, parser);
      parser.parse(StringView.of(body.toString()).codePoints(), FLAGS, handler, context);
      return handler.getResult().materialize();
    } catch (XPathException e) {
      throw new EvaluationException("Expected JSON: " + Diagnosis.tidy(e.getMessage()));
    } catch (RuntimeException e) {
      throw EvaluationException.of(e);
    }
  }

  /** A map, an array or a simple value; what JSON does not know becomes a text. */
  static Body serialise(Item item) {
    var bytes = new ByteArrayOutputStream(256);
    var serializer = Saxon.PROCESSOR.newSerializer(bytes);
    serializer.setOutputProperty(Serializer.Property.METHOD, "json");
    serializer.setOutputProperty(Serializer.Property.ENCODING, "UTF-8");
    serializer.setOutputProperty(Serializer.Property.INDENT, "no");
    try {
      serializer.serializeXdmValue(XdmValue.wrap(item));
    } catch (SaxonApiException e) {
      throw new EvaluationException("Cannot write the value as JSON: " + e.getMessage());
    }
    return Body.of(MediaType.JSON, bytes.toByteArray());
  }

  private static final class ExactNumbers extends JsonHandlerMap {
    ExactNumbers(XPathContext context, JsonParser parser) {
      super(context, parser, FLAGS);
      setNullRepresentation(EmptySequence.getInstance());
    }

    @Override
    public void writeNumeric(String text, Item parsed) throws XPathException {
      super.writeNumeric(text, number(text, parsed));
    }

    private static Item number(String text, Item parsed) {
      if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
        return parsed;
      }
      var exact =
          text.indexOf('.') >= 0
              ? BigDecimalValue.makeDecimalValue(text, true)
              : IntegerValue.stringToInteger(text);
      return exact instanceof Item item ? item : parsed;
    }
  }
}
