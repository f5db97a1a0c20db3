package org.zegel.smime;

import org.zegel.model.HeaderPolicy;

/**
 * How one step of making a message protects its header fields (RFC 9788 section 5.2).
 *
 * @param legacyDisplay whether what the outside hides is repeated at the top of the text, for readers that do not know
 *     RFC 9788
 */
public record HeaderProtection(Step step, HeaderPolicy policy, boolean legacyDisplay) {
    /** What is made, of which the payload's {@code hp} parameter speaks. */
    public enum Step {
        /** Signed and sent so: {@code hp="clear"}. */
        SIGN,
        /** Signed, to be encrypted next: {@code hp="cipher"}; the outside is hidden in the next step. */
        SIGN_TO_ENCRYPT,
        /** Encrypted only: {@code hp="cipher"}. */
        ENCRYPT,
        /** Encrypted after {@link #SIGN_TO_ENCRYPT}: only the outside changes. */
        ENCRYPT_SIGNED
    }

    public static HeaderProtection signing(HeaderPolicy policy) {
        return new HeaderProtection(Step.SIGN, policy, false);
    }

    public static HeaderProtection signingToEncrypt(HeaderPolicy policy, boolean legacyDisplay) {
        return new HeaderProtection(Step.SIGN_TO_ENCRYPT, policy, legacyDisplay);
    }

    public static HeaderProtection encrypting(HeaderPolicy policy, boolean legacyDisplay) {
        return new HeaderProtection(Step.ENCRYPT, policy, legacyDisplay);
    }

    public static HeaderProtection encryptingSigned(HeaderPolicy policy) {
        return new HeaderProtection(Step.ENCRYPT_SIGNED, policy, false);
    }

    /** Whether fields are copied into the payload. */
    public boolean copiesInside() {
        return policy != HeaderPolicy.OFF && step != Step.ENCRYPT_SIGNED;
    }

    /** Whether the outside of what is made is hidden by the policy. */
    public boolean hidesOutside() {
        return policy != HeaderPolicy.OFF && (step == Step.ENCRYPT || step == Step.ENCRYPT_SIGNED);
    }

    /** Whether the message will be encrypted, so that HP-Outer fields tell what its outside shows. */
    public boolean encrypts() {
        return step != Step.SIGN;
    }
}
