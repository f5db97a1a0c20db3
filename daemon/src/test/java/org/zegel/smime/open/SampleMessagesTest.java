package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.Needs;
import org.zegel.model.Verdict.Integrity;

/** Messages that nobody trusts, or whose chain is no good, are intact all the same: the two questions are apart. */
class SampleMessagesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "james, mail_with_signature.eml",
        "james, mail_with_signature_and_content_type_xpkcs7mime.eml",
        "james, mail-with-signature-and-multi-certs.eml",
        "openssl-cms, smime-eml/SignedInvalidMappingFromanyPolicyTest7.eml"
    })
    void isIntactWhoeverSignedIt(String corpus, String file) throws Exception {
        byte[] message = Files.readAllBytes(Needs.corpus(corpus).resolve(file));
        OpenFixture.Result result = new OpenFixture(directory).open(message);
        assertThat(result.opened().facts().signers()).isNotEmpty().allSatisfy(signer -> {
            assertThat(signer.integrity()).isEqualTo(Integrity.INTACT);
            assertThat(signer.coversWhole()).isTrue();
        });
        assertThat(result.clear()).isNotNull();
    }
}
