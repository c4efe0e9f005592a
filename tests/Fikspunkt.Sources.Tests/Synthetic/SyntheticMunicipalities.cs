using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Sources.Tests.Synthetic;

/// <summary>The 98 codes with commuting areas that do not change when the real division is revised, so that fixed expectations stay.</summary>
internal static class SyntheticMunicipalities
{
    public static IReadOnlyList<Municipality> All { get; } =
        [.. SyntheticAnchors.Load().Keys.Order(StringComparer.Ordinal).Select(code => new Municipality(code, code, code, [], "084", "01", $"area-{code[..2]}", [], 0, 0))];

    /// <summary>Every fifth, without islands: for what is repeated many times.</summary>
    public static IReadOnlyList<Municipality> Few { get; } = [.. All.Where((municipality, i) => i % 5 == 0 && municipality.Code is not ("825" or "741" or "563" or "492"))];

    public static SyntheticStructure Structure { get; } = SyntheticStructure.Create(new SyntheticOptions(), All);

    public static SyntheticDraw Draw { get; } = Structure.Draw(SyntheticOptions.DemoSeed);

    public static int Group(string id) => Enumerable.Range(0, SyntheticGroup.All.Count).Single(group => SyntheticGroup.All[group].Id == id);
}
