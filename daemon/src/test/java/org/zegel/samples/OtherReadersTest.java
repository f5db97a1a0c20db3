package org.zegel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.samples.Sample;
import org.zegel.fixtures.samples.Samples;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Seal;

/** A mail program of other make reads in a message with a valid seal what Zegel judged, and not something else. */
class OtherReadersTest {
    @TempDir
    Path folder;

    @Test
    void readTheSameInTheMessageAsInTheClearOne() throws Exception {
        List<String> compared = new ArrayList<>();
        try (SampleHouse house = new SampleHouse(folder)) {
            for (Sample sample : Samples.all()) {
                if (sample.expected().seal() != Seal.VALID || sample.expected().lock() != Lock.NONE) {
                    continue;
                }
                byte[] message = sample.making().make();
                MimeMessage received = parsed(message);
                Part signed = received;
                while (signed.isMimeType("multipart/signed")) {
                    signed = ((Multipart) signed.getContent()).getBodyPart(0);
                }
                if (signed != received) {
                    byte[] clear = house.open(message, sample.world()).clear();
                    assertThat(texts(signed)).as(sample.name()).isEqualTo(texts(parsed(clear)));
                    compared.add(sample.name());
                }
            }
        }
        assertThat(compared).hasSizeGreaterThan(20);
    }

    private static MimeMessage parsed(byte[] message) throws Exception {
        return new MimeMessage(null, new ByteArrayInputStream(message));
    }

    /** Media type and decoded body of every part that has no parts, also of messages within. */
    private static List<String> texts(Part part) throws Exception {
        List<String> texts = new ArrayList<>();
        try {
            if (part.isMimeType("message/rfc822") && part.getContent() instanceof Part message) {
                return texts(message);
            }
            if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    texts.addAll(texts(parts.getBodyPart(i)));
                }
                return texts;
            }
        } catch (ParseException withoutParts) {
            // It then shows the body as it is.
        }
        String body = new String(part.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return List.of(part.getContentType().replaceAll("(?s);.*", "") + "\n" + body.stripTrailing());
    }
}
