using Fikspunkt.Definitions;

namespace Fikspunkt.Reports.Tests;

public sealed class TileLabelsTests
{
    [Fact]
    public void Of_AllMunicipalities_AreToldApartInAFewLetters()
    {
        var names = DefinitionLoader.Load(DefinitionLoader.FindFolder()).Municipalities.Select(municipality => municipality.Name).ToList();
        var labels = names.ConvertAll(name => TileLabels.Of(name, names));
        labels.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(98);
        labels.ShouldAllBe(label => label.Length <= 7);
        labels.ShouldContain("Fr.havn");
        labels.ShouldContain("Ærø");
    }
}
