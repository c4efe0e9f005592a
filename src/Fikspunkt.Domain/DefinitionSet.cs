using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Domain;

/// <summary>Everything in <c>definitions/</c>, checked against its schema and against itself.</summary>
/// <param name="Municipalities">The 98 municipalities in code order.</param>
/// <param name="Areas">Country, regions, landsdele and commuting areas.</param>
/// <param name="BenefitGroups">Benefit groups in display order.</param>
/// <param name="Indicators">Indicators by id.</param>
/// <param name="Tables">Source tables by id.</param>
/// <param name="Models">Benchmark models by id.</param>
/// <param name="Breaks">The ledger of breaks by date.</param>
/// <param name="IgnoredLabels">Area labels that the sources use for what is no area of ours ("Uoplyst område"); rows with them are left out, case ignored.</param>
public sealed record DefinitionSet(
    IReadOnlyList<Municipality> Municipalities,
    IReadOnlyList<Area> Areas,
    IReadOnlyList<BenefitGroup> BenefitGroups,
    IReadOnlyDictionary<string, Indicator> Indicators,
    IReadOnlyDictionary<string, TableDefinition> Tables,
    IReadOnlyDictionary<string, ModelSpec> Models,
    IReadOnlyList<SeriesBreak> Breaks,
    IReadOnlyList<string> IgnoredLabels)
{
    /// <summary>The field's measurements by id. Not a parameter: packages made before there were any have none, and stay readable.</summary>
    public IReadOnlyDictionary<string, MeasurementSpec> Measurements { get; init; } = new Dictionary<string, MeasurementSpec>(StringComparer.Ordinal);
}
