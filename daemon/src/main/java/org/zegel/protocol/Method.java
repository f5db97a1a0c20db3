package org.zegel.protocol;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.zegel.model.Scope;

/** The wire name of a request, who may call it, and what it answers with. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Method {
    /** For instance {@code message.sign}. */
    String value();

    /** Scopes of which the client needs all; empty: any paired client. */
    Scope[] scopes() default {};

    /** May be called before pairing. */
    boolean open() default false;

    Class<? extends Result> result();

    /** One line for the schema. */
    String summary();
}
