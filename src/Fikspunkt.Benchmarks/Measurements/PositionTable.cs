using Fikspunkt.Benchmarks.Publications;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A measurement's positions as a table named <c>positions</c>.</summary>
public static class PositionTable
{
    /// <summary>The table.</summary>
    public static MeasurementTable Of(MeasurementResult result) => new(
        "positions",
        new("Placeringer", "Positions"),
        new("Hver kommunes placering efter målingens egen regel, med det, som usikkerheden tillader.", "Each municipality's position by the measurement's own rule, with what the uncertainty allows."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("outcome", new("Udfald", "Outcome"), ColumnKind.Text),
            new("period", new("Periode", "Period"), ColumnKind.Text),
            new("value", new("Værdi", "Value"), ColumnKind.Number),
            new("se", new("Standardfejl", "Standard error"), ColumnKind.Number),
            new("lower", new("Fra", "From"), ColumnKind.Number),
            new("upper", new("Til", "To"), ColumnKind.Number),
            new("rank", new("Placering", "Rank"), ColumnKind.Count),
            new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
            new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
            new("units", new("Enheder", "Units"), ColumnKind.Count),
            new("class", new("Vurdering", "Class"), ColumnKind.Text),
            new("category", new("Kategori", "Category"), ColumnKind.Text),
        ],
        [.. result.Positions.Select(position => (IReadOnlyList<object?>)
        [
            position.Area, position.Outcome, position.Period.ToString(), position.Value, position.StandardError, position.Lower, position.Upper, position.Rank,
            position.RankLower, position.RankUpper, position.Units, position.Class is { } significance ? ResultTables.Word(significance) : null, position.Category,
        ])]);
}
