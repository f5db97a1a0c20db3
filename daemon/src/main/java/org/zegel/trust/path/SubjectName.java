package org.zegel.trust.path;

import java.util.Optional;

/** A name in a certificate, read as far as a constraint of its form has to. */
sealed interface SubjectName {
    /** Names are constrained by constraints of their own form alone. */
    NameForm form();

    /**
     * rfc822Name, SmtpUTF8Mailbox, or the emailAddress of a subject.
     *
     * @param mailbox empty when the text is not one address
     */
    record Mail(Optional<MailName> mailbox) implements SubjectName {
        @Override
        public NameForm form() {
            return NameForm.MAIL;
        }
    }

    /**
     * A dNSName, or the host of a URI.
     *
     * @param host lower-case A-labels; empty when there is none or it cannot be read
     */
    record Host(NameForm form, Optional<String> host) implements SubjectName {}

    /** An iPAddress of 4 or 16 bytes. */
    record Address(byte[] bytes) implements SubjectName {
        @Override
        public NameForm form() {
            return NameForm.IP;
        }
    }

    /** The subject, or a directoryName. */
    record Directory(DistinguishedName name) implements SubjectName {
        @Override
        public NameForm form() {
            return NameForm.DIRECTORY;
        }
    }

    /** A form whose constraints nobody here processes. */
    record Other(NameForm form) implements SubjectName {}
}
