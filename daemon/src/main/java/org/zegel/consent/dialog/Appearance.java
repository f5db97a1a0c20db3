package org.zegel.consent.dialog;

import java.time.Clock;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * In which language Zegel asks, how its windows look, and what day it is.
 *
 * @param dark asked anew for each window, so that a change of the system's look counts at once
 */
public record Appearance(Locale locale, BooleanSupplier dark, Clock clock) {}
