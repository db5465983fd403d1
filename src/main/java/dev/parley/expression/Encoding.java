package dev.parley.expression;

import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.sf.saxon.s9api.ItemTypeFactory;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.value.AtomicValue;
import net.sf.saxon.value.QNameValue;

/**
 * The stored form of a value: the byte 1 for this format, then for each item a byte that says what
 * it is, its length as a base-128 number (low bits first, the high bit set on all but the last
 * byte), and that many bytes of UTF-8. What it is: 0 for an element, written as XML; else 1 + the
 * index of its type in {@link #TYPES}, written in canonical form; 127 for a map or an array,
 * written as JSON. A QName is written {@code {uri}prefix:local}.
 */
final class Encoding {
  private static final int FORMAT = 1;
  private static final int ELEMENT = 0;
  private static final int JSON = 127;

  /** Types are added at the end only. */
  private static final List<String> TYPES =
      List.of(
          "string",
          "untypedAtomic",
          "boolean",
          "integer",
          "decimal",
          "double",
          "float",
          "dateTime",
          "date",
          "time",
          "duration",
          "dayTimeDuration",
          "yearMonthDuration",
          "anyURI",
          "QName",
          "hexBinary",
          "base64Binary",
          "gYear",
          "gYearMonth",
          "gMonth",
          "gMonthDay",
          "gDay",
          "long",
          "int",
          "short",
          "byte",
          "nonNegativeInteger",
          "positiveInteger",
          "nonPositiveInteger",
          "negativeInteger",
          "unsignedLong",
          "unsignedInt",
          "unsignedShort",
          "unsignedByte",
          "normalizedString",
          "token",
          "language",
          "NMTOKEN",
          "Name",
          "NCName",
          "ID",
          "IDREF",
          "ENTITY");

  private Encoding() {}

  static Blob encode(List<Part> parts) {
    var out = new ByteArrayOutputStream();
    out.write(FORMAT);
    for (var part : parts) {
      switch (part) {
        case Part.Element(var body) -> write(out, ELEMENT, body.bytes());
        case Part.Json(var body) -> write(out, JSON, body.bytes());
        case Part.Atomic(var value) ->
            write(out, 1 + typeIndex(value), lexical(value).getBytes(StandardCharsets.UTF_8));
      }
    }
    return Blob.of(out.toByteArray());
  }

  static List<Part> decode(Blob blob) {
    var in = ByteBuffer.wrap(blob.bytes());
    if (!in.hasRemaining() || in.get() != FORMAT) {
      throw new IllegalArgumentException(
          "Expected a value of format %d, found %s".formatted(FORMAT, blob));
    }
    var parts = new ArrayList<Part>();
    while (in.hasRemaining()) {
      int kind = in.get();
      var bytes = new byte[readLength(in)];
      in.get(bytes);
      parts.add(
          switch (kind) {
            case ELEMENT -> new Part.Element(Body.of(bytes));
            case JSON -> new Part.Json(Body.of(MediaType.JSON, bytes));
            default -> atomic(kind - 1, bytes);
          });
    }
    return List.copyOf(parts);
  }

  private static void write(ByteArrayOutputStream out, int kind, byte[] bytes) {
    out.write(kind);
    int length = bytes.length;
    while (length >= 0x80) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(bytes);
  }

  private static int readLength(ByteBuffer in) {
    int length = 0;
    int shift = 0;
    byte b;
    do {
      b = in.get();
      length |= (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0);
    return length;
  }

  private static int typeIndex(AtomicValue value) {
    var name = value.getItemType().getStructuredQName().getLocalPart();
    // Saxon gives each dateTime with a time zone the subtype, now or when it is read again.
    int index = TYPES.indexOf(name.equals("dateTimeStamp") ? "dateTime" : name);
    if (index < 0) {
      throw new EvaluationException("A value of type xs:%s cannot be stored".formatted(name));
    }
    return index;
  }

  private static String lexical(AtomicValue value) {
    if (value instanceof QNameValue name) {
      var prefix = name.getPrefix();
      return "{%s}%s"
          .formatted(
              name.getNamespaceURI(),
              prefix.isEmpty() ? name.getLocalName() : prefix + ":" + name.getLocalName());
    }
    return value.getUnicodeStringValue().toString();
  }

  private static Part atomic(int type, byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    try {
      var value =
          TYPES.get(type).equals("QName")
              ? new XdmAtomicValue(qName(text))
              : new XdmAtomicValue(
                  text, new ItemTypeFactory(Saxon.PROCESSOR).getAtomicType(xs(TYPES.get(type))));
      return new Part.Atomic(value.getUnderlyingValue());
    } catch (SaxonApiException e) {
      throw new IllegalArgumentException("Expected the text of an xs:" + TYPES.get(type), e);
    }
  }

  private static QName qName(String text) {
    int end = text.indexOf('}');
    int colon = text.indexOf(':', end);
    return new QName(
        colon < 0 ? "" : text.substring(end + 1, colon),
        text.substring(1, end),
        text.substring(Math.max(end, colon) + 1));
  }

  private static QName xs(String name) {
    return new QName("http://www.w3.org/2001/XMLSchema", name);
  }
}
