package org.zegel.consent.dialog;

/** The sign at the head of a question: one for each kind of thing that is asked. */
enum Sign {
    PAIRING,
    SIGN,
    DECRYPT,
    EXPORT,
    CHANGE,
    SECRET,
    NEW_SECRET,
    IDENTITY,
    CERTIFICATE,
    TRUST,
    DISTRUST
}
