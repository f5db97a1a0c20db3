package org.zegel.consent.dialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Rectangle;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JToggleButton;
import javax.swing.Scrollable;
import org.jspecify.annotations.Nullable;

/** What a window says, from top to bottom: head, facts, notices, and what can be ticked or typed. */
final class Page extends JPanel implements Scrollable {
    private static final long serialVersionUID = 1L;
    private static final int WIDTH = 520;
    private static final int NARROWEST = 200;
    private static final int LABELS = 150;

    /** So that a screen of little width, or great scale, has room for all of it. */
    private final int width;

    private final transient Texts texts;
    private final List<String> said = new ArrayList<>();
    private int row;

    Page(Texts texts, int screenWidth) {
        super(new GridBagLayout());
        this.texts = texts;
        int margin = 2 * Look.scaled(2 * Look.GAP);
        this.width = Math.max(Look.scaled(NARROWEST), Math.min(Look.scaled(WIDTH), screenWidth - 3 * margin));
        setBorder(Look.space(2 * Look.GAP, 2 * Look.GAP, Look.GAP, 2 * Look.GAP));
    }

    /** All that stands here, for who hears it instead of seeing it. */
    String words() {
        return String.join(". ", said);
    }

    int textWidth() {
        return width;
    }

    void head(Sign sign, String headline, @Nullable String lead) {
        Glyph glyph = Glyph.of(sign);
        JPanel head = new JPanel(new BorderLayout(Look.scaled(Look.GAP + 4), 0));
        head.setOpaque(false);
        JLabel picture = picture(glyph, "");
        picture.setVerticalAlignment(JLabel.TOP);
        head.add(picture, BorderLayout.LINE_START);
        int room = width - glyph.getIconWidth() - Look.scaled(Look.GAP + 4);
        JPanel words = new JPanel(new BorderLayout(0, Look.scaled(Look.GAP / 2)));
        words.setOpaque(false);
        words.add(new WrappedText(headline, room).bold(1.35), BorderLayout.NORTH);
        if (lead != null) {
            words.add(new WrappedText(lead, room), BorderLayout.CENTER);
            said.add(lead);
        }
        head.add(words, BorderLayout.CENTER);
        add(head);
    }

    void facts(List<QuestionView.Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        Card card = new Card(Look.card());
        int inner = width - 2 * Look.scaled(Look.GAP + 4);
        int labels = Math.min(
                Look.scaled(LABELS),
                fields.stream()
                        .mapToInt(field -> plain(field.label()).getPreferredSize().width + WrappedText.CARET + 2)
                        .max()
                        .orElse(0));
        int values = inner - labels - Look.scaled(Look.GAP + 4);
        int line = 0;
        for (Fact fact : Fact.of(fields)) {
            WrappedText label = new WrappedText(fact.label(), labels);
            label.setForeground(Look.quiet());
            WrappedText value = fact.shown(values);
            value.getAccessibleContext().setAccessibleName(fact.label() + ": " + fact.value());
            int above = line == 0 ? 0 : Look.GAP - 2;
            card.add(label, at(0, line, 1, Look.insets(above, 0, 0, Look.GAP + 4)));
            card.add(value, at(1, line, 1, Look.insets(above, 0, 0, 0)));
            said.add(fact.label() + ": " + fact.value());
            line++;
        }
        add(card);
    }

    void notice(QuestionView.Notice notice) {
        Card card = new Card(Look.tint(Look.of(notice.level())));
        card.setName("notice");
        Glyph glyph = Glyph.of(notice.level());
        String level = texts.get("level." + QuestionView.word(notice.level()));
        card.add(picture(glyph, level), at(0, 0, 1, Look.insets(0, 0, 0, Look.GAP)));
        int room = width - 2 * Look.scaled(Look.GAP + 4) - glyph.getIconWidth() - Look.scaled(Look.GAP);
        WrappedText words = new WrappedText(notice.text(), room);
        words.getAccessibleContext().setAccessibleName(level + ": " + notice.text());
        card.add(words, at(1, 0, 1, Look.insets(1, 0, 0, 0)));
        said.add(level + ": " + notice.text());
        add(card);
    }

    /**
     * Something to tick, with a text of any length that can be clicked as well.
     *
     * @param details may be empty
     * @param notice what is to be minded before it is ticked
     */
    void toggle(JToggleButton box, String text, String details, QuestionView.@Nullable Notice notice) {
        JPanel line = new JPanel(new BorderLayout(Look.scaled(Look.GAP / 2), 0));
        line.setOpaque(false);
        box.setOpaque(false);
        box.setVerticalAlignment(JToggleButton.TOP);
        box.getAccessibleContext().setAccessibleName(text);
        box.getAccessibleContext().setAccessibleDescription(details);
        line.add(box, BorderLayout.LINE_START);
        int room = width - box.getPreferredSize().width - Look.scaled(Look.GAP / 2);
        JPanel words = new JPanel(new BorderLayout());
        words.setOpaque(false);
        words.setBorder(Look.space(2, 0, 0, 0));
        words.add(clicking(new WrappedText(text, room), box), BorderLayout.NORTH);
        if (!details.isEmpty()) {
            WrappedText below = new WrappedText(details, room);
            below.setForeground(Look.quiet());
            words.add(clicking(below, box), BorderLayout.CENTER);
        }
        if (notice != null) {
            String level = texts.get("level." + QuestionView.word(notice.level()));
            WrappedText minded = new WrappedText(level + ": " + notice.text(), room);
            minded.setForeground(Look.of(notice.level()));
            words.add(clicking(minded, box), BorderLayout.SOUTH);
            box.getAccessibleContext().setAccessibleDescription(details + ". " + level + ": " + notice.text());
        }
        line.add(words, BorderLayout.CENTER);
        add(line);
    }

    /** A label above what belongs to it. */
    void labelled(String text, JComponent component) {
        WrappedText label = new WrappedText(text, width);
        label.setForeground(Look.quiet());
        add(label);
        component.getAccessibleContext().setAccessibleName(text);
        add(component, at(0, row++, 1, Look.insets(0, 0, Look.GAP, 0)));
    }

    void subhead(String text) {
        add(new WrappedText(text, width).bold(1));
    }

    /** The next thing, in the whole width. */
    @Override
    public Component add(Component component) {
        add(component, at(0, row++, 1, Look.insets(Look.GAP / 2, 0, Look.GAP / 2, 0)));
        return component;
    }

    /** Swing takes text that begins with a tag for HTML unless told not to. */
    static JLabel plain(String text) {
        JLabel label = new JLabel();
        label.putClientProperty("html.disable", true);
        label.setText(text);
        return label;
    }

    private static JLabel picture(Icon icon, String name) {
        JLabel label = new JLabel(icon);
        label.getAccessibleContext().setAccessibleName(name);
        return label;
    }

    private static WrappedText clicking(WrappedText words, JToggleButton box) {
        words.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
                if (box.isEnabled()) {
                    box.requestFocusInWindow();
                    box.doClick(0);
                }
            }
        });
        return words;
    }

    private static GridBagConstraints at(int column, int line, int columns, java.awt.Insets insets) {
        return new GridBagConstraints(
                column,
                line,
                columns,
                1,
                1,
                0,
                GridBagConstraints.FIRST_LINE_START,
                GridBagConstraints.HORIZONTAL,
                insets,
                0,
                0);
    }

    @Override
    public Dimension getPreferredScrollableViewportSize() {
        return getPreferredSize();
    }

    @Override
    public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
        return Look.scaled(2 * Look.GAP);
    }

    @Override
    public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
        return Math.max(1, visible.height - Look.scaled(2 * Look.GAP));
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return false;
    }

    @Override
    public boolean getScrollableTracksViewportHeight() {
        return false;
    }
}
