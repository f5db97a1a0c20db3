package org.zegel.smime.decrypt;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.zegel.model.Identity;
import org.zegel.smime.verify.SignerCertificates;

/** Our identities, found by what recipients are named by; expired ones too. Asked for each of thousands of recipients. */
final class OwnIdentities {
    private final Map<BigInteger, List<Identity>> bySerial = new HashMap<>();
    private final Map<ByteBuffer, List<Identity>> byKeyIdentifier = new HashMap<>();

    OwnIdentities(List<Identity> identities) {
        for (Identity identity : identities) {
            bySerial.computeIfAbsent(identity.certificate().getSerialNumber(), _ -> new ArrayList<>())
                    .add(identity);
            byte[] keyIdentifier = SignerCertificates.keyIdentifier(identity.certificate());
            if (keyIdentifier.length > 0) {
                byKeyIdentifier
                        .computeIfAbsent(ByteBuffer.wrap(keyIdentifier), _ -> new ArrayList<>())
                        .add(identity);
            }
        }
    }

    List<Identity> named(IssuerAndSerialNumber name) throws IOException {
        List<Identity> found = new ArrayList<>();
        for (Identity identity : bySerial.getOrDefault(name.getSerialNumber().getValue(), List.of())) {
            if (issuedBy(identity, name.getName().getEncoded())) {
                found.add(identity);
            }
        }
        return found;
    }

    List<Identity> named(byte[] keyIdentifier) {
        return byKeyIdentifier.getOrDefault(ByteBuffer.wrap(keyIdentifier), List.of());
    }

    private static boolean issuedBy(Identity identity, byte[] issuer) {
        X500Principal own = identity.certificate().getIssuerX500Principal();
        if (Arrays.equals(own.getEncoded(), issuer)) {
            return true;
        }
        try {
            return own.equals(new X500Principal(issuer));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
