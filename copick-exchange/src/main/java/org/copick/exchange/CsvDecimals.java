package org.copick.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Determines the meaning of commas and points in the numbers of a table.
 *
 * <p>Either the point is the decimal mark and commas separate thousands, or the other way round. A comma before one,
 * two or more than three digits, or after a leading 0, is a decimal comma. In a number with both marks, the last one
 * is decimal. A repeated mark separates thousands. A single comma before exactly three digits may be either, so other
 * numbers of the file decide. A single point there is decimal, as everywhere else, and contradicts decimal commas.
 */
final class CsvDecimals {
    /** The decimal mark. */
    enum Mark {
        POINT,
        COMMA;

        /** Returns the number as Java writes it. */
        String plain(String number) {
            return this == POINT
                    ? number.replace(",", "")
                    : number.replace(".", "").replace(',', '.');
        }
    }

    private @Nullable String withComma;
    private @Nullable String withPoint;
    private @Nullable String unclear;

    CsvDecimals() {}

    /** Returns whether a cell can only be read if the mark is known. */
    static boolean needsMark(String cell) {
        return cell.indexOf(',') >= 0 || cell.indexOf('.') != cell.lastIndexOf('.');
    }

    /** Takes a cell of a column of numbers into account. */
    void add(String cell) {
        int comma = cell.lastIndexOf(',');
        int point = cell.lastIndexOf('.');
        boolean commas = cell.indexOf(',') != comma;
        boolean points = cell.indexOf('.') != point;
        if (comma < 0 && point < 0) {
            return;
        }
        if (comma >= 0 && point >= 0) {
            found(comma > point ? Mark.COMMA : Mark.POINT, cell);
        } else if (commas || points) {
            found(commas ? Mark.POINT : Mark.COMMA, cell);
        } else if (point >= 0) {
            found(Mark.POINT, cell);
        } else if (isGroup(cell, comma)) {
            unclear = unclear == null ? cell : unclear;
        } else {
            found(Mark.COMMA, cell);
        }
    }

    private void found(Mark mark, String cell) {
        if (mark == Mark.COMMA) {
            withComma = withComma == null ? cell : withComma;
        } else {
            withPoint = withPoint == null ? cell : withPoint;
        }
    }

    /** Returns whether the comma has three digits after it and one to three before it that do not begin with 0. */
    private static boolean isGroup(String cell, int comma) {
        String before = cell.substring(0, comma).replaceFirst("^[+-]", "");
        String after = cell.substring(comma + 1);
        return before.matches("[1-9][0-9]{0,2}") && after.matches("[0-9]{3}");
    }

    /** Returns whether thousands are separated correctly in a number that is read with this mark. */
    static boolean isWellGrouped(String cell, Mark mark) {
        String number = mark == Mark.POINT
                ? cell
                : cell.replace(',', '\0').replace('.', ',').replace('\0', '.');
        return number.indexOf(',') < 0 || number.matches("[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?([eE][+-]?[0-9]+)?");
    }

    /** Returns the mark, or null if the numbers leave it open or contradict each other. */
    @Nullable Mark mark() {
        if (withComma != null) {
            return withPoint == null ? Mark.COMMA : null;
        }
        return withPoint == null ? null : Mark.POINT;
    }

    /** Returns the reason why there is no mark. */
    String problem() {
        return withComma != null && withPoint != null
                ? "\"" + withComma + "\" has a decimal comma and \"" + withPoint
                        + "\" a decimal point; write all numbers" + " with a point"
                : "\"" + unclear
                        + "\" may have a decimal comma or a separator of thousands; write numbers with a decimal"
                        + " point and without separators";
    }
}
