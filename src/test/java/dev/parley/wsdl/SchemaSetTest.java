package dev.parley.wsdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Body;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaSetTest {
  private static final String SHIPMENT =
      "<shipment xmlns='urn:example:shipping'"
          + " xmlns:o='urn:example:orders'><number>O-1</number><o:order"
          + " xml:lang='en'><o:line><o:sku>a</o:sku><o:quantity>1</o:quantity></o:line></o:order>"
          + "</shipment>";

  @TempDir Path folder;

  @Test
  void schemas_that_import_and_include_each_other_are_one_set() throws Exception {
    var schemas = Bundle.of("orders").read().schemas();
    assertThat(schemas.violations(Body.of(SHIPMENT))).isEmpty();
    assertThat(schemas.declares(new QName("urn:example:common", "again"))).isTrue();
    assertThat(schemas.violations(Body.of(SHIPMENT.replace("O-1", "1"))))
        .containsExactly(
            "element 'number': Value '1' is not facet-valid with respect to pattern 'O-[0-9]+' for"
                + " type 'Number'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <quantity>1<|<quantity>abc<|element 'quantity': 'abc' is not a valid value for 'integer'.
          priority="1"|priority="x"|element 'order', attribute 'priority': 'x' is not a valid value for 'integer'.
          priority="1"|colour="red"|Attribute 'colour' is not allowed to appear in element 'order'.
          <quantity>1</quantity>||The content of element 'order' is not complete. One of '{urn:example:orders}quantity' is expected.
          <number>O-1</number>|<nr/>|Invalid content was found starting with element '{urn:example:orders}nr'. One of '{urn:example:orders}number' is expected.
          xmlns="urn:example:orders"|xmlns="urn:other"|Cannot find the declaration of element 'order'.
          <number>O-1</number>|text<number>O-1</number>|Element 'order' cannot have character [children], because the type's content type is element-only.
          """)
  void a_violation_is_a_sentence(String valid, String invalid, String sentence) throws Exception {
    var schemas = Bundle.of("single").read().schemas();
    var order =
        "<order xmlns=\"urn:example:orders\""
            + " priority=\"1\"><number>O-1</number><quantity>1</quantity></order>";
    assertThat(schemas.violations(Body.of(order))).isEmpty();
    assertThat(schemas.violations(Body.of(order.replace(valid, invalid == null ? "" : invalid))))
        .containsExactly(sentence);
  }

  @Test
  void a_body_that_is_not_well_formed_is_a_violation() throws Exception {
    var schemas = Bundle.of("single").read().schemas();
    assertThat(schemas.violations(Body.of("<order xmlns='urn:example:orders'><number>")))
        .singleElement()
        .asString()
        .startsWith("The body is not well-formed XML: ");
  }

  @Test
  void keys_are_looked_at_too() throws Exception {
    var schemas =
        Bundle.single(folder)
            .replacing("name=\"confirmation\" type=\"o:Number\"/>", KEYED)
            .read()
            .schemas();
    var twice = "<confirmation xmlns='urn:example:orders'><id>1</id><id>%d</id></confirmation>";
    assertThat(schemas.violations(Body.of(twice.formatted(2)))).isEmpty();
    assertThat(schemas.violations(Body.of(twice.formatted(1))))
        .containsExactly(
            "Duplicate unique value [1] declared for identity constraint \"once\" of element"
                + " \"confirmation\".");
  }

  @Test
  void what_a_wildcard_lets_through_is_forgotten_again() throws Exception {
    var schemas =
        Bundle.single(folder)
            .replacing(
                "<xs:element name=\"quantity\" type=\"xs:int\"/>",
                "<xs:any processContents=\"lax\" namespace=\"##any\"/>")
            .read()
            .schemas();
    var order = "<order xmlns='urn:example:orders'><number>O-1</number>%s</order>";
    assertThat(schemas.violations(Body.of(order.formatted("<x/>")))).isEmpty();
    assertThat(schemas.violations(Body.of(order.formatted("<ticket><x/></ticket>")))).hasSize(1);
    // The validator that never forgets is not used: it is the only one that can be attached.
    var reader = XMLInputFactory.newFactory().createXMLStreamReader(new StringReader("<x/>"));
    assertThat(schemas.attach(reader, () -> {})).isFalse();
  }

  private static final String KEYED =
      """
      name="confirmation">
        <xs:complexType>
          <xs:sequence><xs:element name="id" type="xs:int" maxOccurs="9"/></xs:sequence>
        </xs:complexType>
        <xs:unique name="once"><xs:selector xpath="o:id"/><xs:field xpath="."/></xs:unique>
      </xs:element>
      """;

  @Test
  void a_body_is_validated_in_the_pass_that_reads_its_envelope() throws Exception {
    var schemas = Bundle.of("orders").read().schemas();
    assertThat(doubts(schemas, SHIPMENT)).isZero();
    assertThat(doubts(schemas, SHIPMENT.replace("O-1", "1"))).isPositive();
    assertThat(doubts(schemas, "<other/>")).isPositive();
  }

  @Test
  void one_set_serves_many_threads() throws Exception {
    var schemas = Bundle.of("orders").read().schemas();
    Callable<Integer> valid =
        () ->
            IntStream.range(0, 2000)
                .map(i -> schemas.violations(shipment(i, i % 2 == 0)).size())
                .sum();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sums = threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> valid).toList());
      for (var sum : sums) {
        assertThat(sum.get()).isEqualTo(1000);
      }
    }
  }

  private static Body shipment(int number, boolean valid) {
    return Body.of(SHIPMENT.replace("O-1", valid ? "O-" + number : "X" + number));
  }

  private static int doubts(SchemaSet schemas, String body) throws Exception {
    var doubts = new int[1];
    var reader =
        XMLInputFactory.newFactory()
            .createXMLStreamReader(
                new StringReader("<envelope><header/><body> " + body + " </body></envelope>"));
    XMLStreamReader wrapped = new StreamReaderDelegate(reader);
    while (!(wrapped.isStartElement() && wrapped.getLocalName().equals("body"))) {
      wrapped.next();
    }
    assertThat(schemas.attach(wrapped, () -> doubts[0]++)).isTrue();
    int depth = 0;
    do {
      wrapped.next();
      depth += wrapped.isStartElement() ? 1 : wrapped.isEndElement() ? -1 : 0;
    } while (depth > 0 || !wrapped.isEndElement());
    schemas.detach(wrapped);
    while (wrapped.hasNext()) {
      wrapped.next();
    }
    return doubts[0];
  }
}
