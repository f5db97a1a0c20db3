package org.zegel.consent;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Identity;

/** Something that the person chooses one of; at least two. Texts of clients and certificates in it are hostile data. */
public sealed interface ChoiceQuestion {
    /** Most that are offered; what is beyond is left out. */
    int MAX_OFFERED = 20;

    /** Who makes Zegel ask. */
    Caller caller();

    /** What the client calls itself. */
    String clientName();

    /** The address that the choice is for. */
    String address();

    /** How many there are to choose from. */
    int size();

    /** Several identities can sign for the address that a message is from. */
    record ChooseIdentity(
            Caller caller,
            String clientName,
            String address,
            @Nullable String subject,
            List<Identity> identities) implements ChoiceQuestion {
        public ChooseIdentity {
            identities = identities.stream().limit(MAX_OFFERED).toList();
        }

        @Override
        public int size() {
            return identities.size();
        }
    }

    /** Several certificates of a recipient are good, and none is another's successor. */
    record ChooseCertificate(Caller caller, String clientName, String address, List<X509Certificate> certificates)
            implements ChoiceQuestion {
        public ChooseCertificate {
            certificates = certificates.stream().limit(MAX_OFFERED).toList();
        }

        @Override
        public int size() {
            return certificates.size();
        }
    }
}
