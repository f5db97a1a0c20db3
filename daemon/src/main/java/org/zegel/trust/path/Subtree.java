package org.zegel.trust.path;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;

/** One GeneralSubtree of a name constraint: which names of its form are within (RFC 5280 section 4.2.1.10). */
sealed interface Subtree {
    NameForm form();

    /**
     * Whether the name, which is of the same form, is within.
     *
     * @param excluding in doubt about the case of a local part, within
     * @throws UncheckableName when name or constraint cannot be read
     */
    boolean covers(SubjectName name, boolean excluding) throws UncheckableName;

    /** A name or a constraint that cannot be read, so that nobody can tell. */
    final class UncheckableName extends Exception {
        private static final long serialVersionUID = 1L;

        UncheckableName() {
            super("a name cannot be compared with the constraints on it", null, false, false);
        }
    }

    /** Reads one; what cannot be read or processed becomes {@link Unprocessed}. */
    static Subtree of(GeneralSubtree subtree) {
        GeneralName base = subtree.getBase();
        NameForm form = NameForm.of(base);
        boolean plain = subtree.getMaximum() == null && subtree.getMinimum().signum() == 0;
        Optional<? extends Subtree> read = !plain
                ? Optional.empty()
                : switch (base.getTagNo()) {
                    case GeneralName.rfc822Name -> Mail.of(text(base));
                    case GeneralName.dNSName, GeneralName.uniformResourceIdentifier -> Host.of(form, text(base));
                    case GeneralName.iPAddress ->
                        Range.of(ASN1OctetString.getInstance(base.getName()).getOctets());
                    case GeneralName.directoryName ->
                        Optional.of(new Directory(DistinguishedName.of(X500Name.getInstance(base.getName()))));
                    default -> Optional.empty();
                };
        return read.isPresent() ? read.get() : new Unprocessed(form.equals(NameForm.UTF8_MAIL) ? NameForm.MAIL : form);
    }

    private static String text(GeneralName name) {
        return ((ASN1String) name.getName()).getString();
    }

    /**
     * A mailbox, all of a host ({@code example.org}, in some certificates {@code @example.org}), all of the hosts of a
     * domain but not itself ({@code .example.org}), or everything (empty).
     */
    record Mail(Optional<MailName> mailbox, String host) implements Subtree {
        static Optional<Mail> of(String text) {
            int at = text.indexOf('@');
            if (text.chars().anyMatch(c -> c >= 0x80)) {
                return Optional.empty();
            }
            if (at > 0) {
                return MailName.parse(withoutLastDot(text)).map(mailbox -> new Mail(Optional.of(mailbox), ""));
            }
            return at == 0 && (text.length() == 1 || text.startsWith("@."))
                    ? Optional.empty()
                    : hostOrDomain(text.substring(at + 1)).map(host -> new Mail(Optional.empty(), host));
        }

        @Override
        public NameForm form() {
            return NameForm.MAIL;
        }

        @Override
        public boolean covers(SubjectName name, boolean excluding) throws UncheckableName {
            MailName given = ((SubjectName.Mail) name).mailbox().orElseThrow(UncheckableName::new);
            if (mailbox.isPresent()) {
                return given.equals(mailbox.get()) || (excluding && given.sameIgnoringCase(mailbox.get()));
            }
            return host.isEmpty()
                    || (host.startsWith(".")
                            ? given.domain().endsWith(host)
                            : given.domain().equals(host));
        }
    }

    /** A host: of dNSName with all below it, of a URI alone; with a leading dot all below it. */
    record Host(NameForm form, String host) implements Subtree {
        static Optional<Host> of(NameForm form, String text) {
            return text.chars().anyMatch(c -> c >= 0x80)
                    ? Optional.empty()
                    : hostOrDomain(text).map(host -> new Host(form, host));
        }

        @Override
        public boolean covers(SubjectName name, boolean excluding) throws UncheckableName {
            String given = ((SubjectName.Host) name).host().orElseThrow(UncheckableName::new);
            if (host.isEmpty() || (host.startsWith(".") ? given.endsWith(host) : given.equals(host))) {
                return true;
            }
            return form.equals(NameForm.DNS) && !host.startsWith(".") && given.endsWith("." + host);
        }
    }

    /** Addresses of a network, as address and mask. */
    record Range(byte[] addressAndMask) implements Subtree {
        static Optional<Range> of(byte[] bytes) {
            return bytes.length == 8 || bytes.length == 32 ? Optional.of(new Range(bytes)) : Optional.empty();
        }

        @Override
        public NameForm form() {
            return NameForm.IP;
        }

        @Override
        public boolean covers(SubjectName name, boolean excluding) throws UncheckableName {
            byte[] given = ((SubjectName.Address) name).bytes();
            if (given.length != 4 && given.length != 16) {
                throw new UncheckableName();
            }
            int length = addressAndMask.length / 2;
            boolean same = given.length == length;
            for (int i = 0; same && i < length; i++) {
                same = ((given[i] ^ addressAndMask[i]) & addressAndMask[length + i]) == 0;
            }
            return same;
        }
    }

    /** Names that begin with this one. */
    record Directory(DistinguishedName name) implements Subtree {
        @Override
        public NameForm form() {
            return NameForm.DIRECTORY;
        }

        @Override
        public boolean covers(SubjectName given, boolean excluding) {
            return ((SubjectName.Directory) given).name().within(name);
        }
    }

    /** Of a form that is not processed, with bounds that nobody uses, or unreadable. */
    record Unprocessed(NameForm form) implements Subtree {
        @Override
        public boolean covers(SubjectName name, boolean excluding) throws UncheckableName {
            throw new UncheckableName();
        }
    }

    /** A host, a domain with its leading dot, or nothing; a last dot, which says no more, is left out. */
    private static Optional<String> hostOrDomain(String text) {
        String written = withoutLastDot(text);
        if (written.isEmpty()) {
            return text.isEmpty() ? Optional.of("") : Optional.empty();
        }
        return written.startsWith(".")
                ? MailName.host(written.substring(1)).map(host -> "." + host)
                : MailName.host(written);
    }

    private static String withoutLastDot(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
