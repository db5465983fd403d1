package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.finding.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cases with addresses, header blocks and endpoint references: what the runner writes it also
 * reads, since an endpoint reference that a process hands out may be a partner's.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressedCasesTest {
  private static final String KEPT =
      """
      <send id='ask' operation='say' messageId='urn:uuid:1'><e:say><e:desk>
        <wsa:Address>${partner:desk}/7</wsa:Address>
        <wsa:ReferenceParameters><e:seat>12</e:seat></wsa:ReferenceParameters>
      </e:desk></e:say></send>
      <expect-reply to='ask'><keep name='desk' element='e:desk'/><e:said>${any}</e:said></expect-reply>
      """;
  private static final String SENT =
      """
      <send id='tell' to='desk' operation='say' relatesTo='urn:uuid:1' faultTo='none'>
        <block mustUnderstand='true'><e:trace hop='1'>x</e:trace></block>
        <replyTo address='${partner:desk}'><e:row>3</e:row></replyTo>
        <e:say>hello</e:say>
      </send>
      <expect-accepted to='tell'/>
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void a_message_goes_to_an_endpoint_reference_that_was_handed_out() throws Exception {
    assertThat(played(KEPT + SENT + arrives("", ""))).isEmpty();
  }

  @Test
  void what_arrives_is_held_against_its_head() throws Exception {
    String all =
        arrives(
            "soap='1.1' addressing='1.0' action='urn:echo:${matches:s.y}' relatesTo='ask'",
            "<block mustUnderstand='true'><e:trace hop='${any}'>${any}</e:trace></block>"
                + "<block parameter='true'><e:seat>12</e:seat></block>"
                + "<keep name='answer' element='wsa:ReplyTo'/>");

    assertThat(played(KEPT + SENT + all)).isEmpty();
    assertThat(played(KEPT + SENT + arrives("soap='1.2'", ""))).contains("SOAP 1.1");
    assertThat(played(KEPT + SENT + arrives("addressing='2004/08'", "")))
        .contains("WS-Addressing 1.0 instead of 2004/08");
    assertThat(played(KEPT + SENT + arrives("action='urn:echo:said'", "")))
        .contains("wsa:Action 'urn:echo:say' instead of 'urn:echo:said'");
    assertThat(played(KEPT + SENT + arrives("relatesTo='tell'", "")))
        .contains("wsa:RelatesTo urn:uuid:1 instead of urn:uuid:", "the message id of 'tell'");
  }

  @Test
  void a_header_block_that_is_missing_or_another_is_told() throws Exception {
    assertThat(played(KEPT + SENT + arrives("", "<block><e:other/></block>")))
        .contains("no header block {urn:echo}other among", "{urn:echo}trace");
    assertThat(played(KEPT + SENT + arrives("", "<block><e:trace hop='1'>y</e:trace></block>")))
        .contains("'y' but was 'x'");
    String unmarked = "<block parameter='true'><e:trace hop='1'>x</e:trace></block>";
    assertThat(played(KEPT + SENT + arrives("", unmarked))).contains("wsa:IsReferenceParameter");
    String needNot = "<block mustUnderstand='true'><e:seat>12</e:seat></block>";
    assertThat(played(KEPT + SENT + arrives("", needNot))).contains("need not be understood");
    assertThat(played(KEPT + SENT + arrives("", "<keep name='x' element='e:none'/>")))
        .contains("no endpoint reference {urn:echo}none");
  }

  @Test
  void the_submission_of_2004_has_its_own_namespace_and_marks_no_parameters() throws Exception {
    String sent = SENT.replace("to='desk'", "to='desk' addressing='2004/08'");

    assertThat(played(KEPT + sent + arrives("addressing='2004/08' relatesTo='ask'", ""))).isEmpty();
    String marked = arrives("", "<block parameter='true'><e:seat>12</e:seat></block>");
    assertThat(played(KEPT + sent + marked)).contains("wsa:IsReferenceParameter");
  }

  @Test
  void an_answer_is_kept_and_answered_in_turn() throws Exception {
    String first = arrives("", "<keep name='back' element='wsa:ReplyTo'/>");
    String back =
        "<send id='back' to='back' operation='say'><e:say>bye</e:say></send>"
            + "<expect-accepted to='back'/><expect-message at='desk'>"
            + "<block parameter='true'><e:row>3</e:row></block><e:say>bye</e:say></expect-message>";

    assertThat(played(KEPT + SENT + first + back)).isEmpty();
  }

  @Test
  void a_fault_at_a_partner_is_told_from_a_message() throws Exception {
    String fault =
        """
        <send id='tell' to='desk' operation='say'><text><![CDATA[<s:Envelope
          xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode>
          <faultstring>no room</faultstring><detail><e:full xmlns:e="urn:echo">7</e:full></detail>
          </s:Fault></s:Body></s:Envelope>]]></text></send>
        <expect-accepted to='tell'/>
        <expect-message at='desk'>%s</expect-message>
        """;
    String right =
        "<fault code='Sender' reason='no ${any}' detail='e:full'><e:full>7</e:full></fault>";

    assertThat(played(KEPT + fault.formatted(right))).isEmpty();
    assertThat(played(KEPT + fault.formatted("<fault code='Receiver'/>")))
        .contains("another fault");
    assertThat(played(KEPT + fault.formatted("<fault><e:full>8</e:full></fault>")))
        .contains("'8' but was '7'");
    assertThat(played(KEPT + SENT + "<expect-message at='desk'><fault/></expect-message>"))
        .contains("no fault");
  }

  @Test
  void who_waits_may_go_away_and_the_process_goes_on() throws Exception {
    String order =
        "<send operation='place'><o:order><o:orderId>1</o:orderId><o:article>cup</o:article>"
            + "<o:quantity>1</o:quantity></o:order></send>";
    String waits = "<instance of='place' waitingAt='paid'/>";

    assertThat(ordered(order + "<disconnect of='place'/>")).contains("no live instance");
    assertThat(ordered(order + "<disconnect of='place'/>" + waits)).isEmpty();
    assertThat(ordered(order + waits)).contains("that its sender still waits");
  }

  @Test
  void who_has_its_answer_cannot_go_away() throws Exception {
    assertThat(played(KEPT.replaceFirst("<expect-reply", "<disconnect of='ask'/><expect-reply")))
        .contains("that the sender of 'ask' waits still", "HTTP 200");
  }

  @Test
  void an_operation_that_a_process_does_not_receive_is_a_mistake() throws Exception {
    assertThat(mistakes("<send operation='whisper'><e:whisper/></send>"))
        .contains("'whisper', which none has", "echo/say");
  }

  @Test
  void a_reference_that_was_not_kept_and_a_partner_that_is_not_there_are_mistakes()
      throws Exception {
    assertThat(mistakes("<send to='desk' operation='say'/>")).contains("case.reference", "'desk'");
    assertThat(mistakes("<send operation='say' replyTo='${partner:office}'/>"))
        .contains("case.partner", "'office'");
    assertThat(mistakes("<send operation='say' replyTo='none'><replyTo address='x'/></send>"))
        .contains("case.send", "the attribute and the element <replyTo>");
    assertThat(mistakes("<send message='x'><block><e:a/></block></send>"))
        .contains("case.send", "<block>");
  }

  private static String arrives(String attributes, String head) {
    return "<expect-message at='desk' %s>%s<e:say>hello</e:say></expect-message>"
        .formatted(attributes, head);
  }

  private String played(String steps) throws Exception {
    return played("src/test/resources/dev/parley/conformance/echo", steps);
  }

  private String ordered(String steps) throws Exception {
    return played("patterns/order", steps);
  }

  private String mistakes(String steps) throws Exception {
    try {
      return played(steps);
    } catch (RefusedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Why it failed; empty where it passed. */
  private String played(String bundle, String steps) throws Exception {
    var file = folder.resolve("case.xml");
    Files.writeString(
        file,
        """
        <case xmlns="urn:parley:conformance:1" xmlns:e="urn:echo" xmlns:o="urn:example:order"
            xmlns:wsa="http://www.w3.org/2005/08/addressing">
          <deploy bundle="%s"/>
          <partner name="desk"><accept/></partner>
          %s
        </case>
        """
            .formatted(Path.of(bundle).toAbsolutePath(), steps));
    var played = new CaseReader(Path.of("")).read(List.of(file)).getFirst();
    return CaseRunner.inProcess().run(played).reason();
  }
}
