using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Definitions.Tests;

public sealed class RealDefinitionsTests
{
    private static readonly DefinitionSet Definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
    private static readonly AreaIndex Index = new(Definitions.Municipalities, Definitions.Areas);

    [Fact]
    public void Load_RealFolder_HasEveryNamedDefinition()
    {
        Definitions.Municipalities.Count.ShouldBe(98);
        Definitions.Models.Keys.ShouldBe(["published-y30r21", "dst-unemployment", "dst-welfare", "synthetic-denmark"], ignoreOrder: true);
        foreach (var table in new[] { "y30r21", "dst-municipalities", "synthetic-denmark", "y01a02", "y60a02", "ptv_a02", "aup02", "aus08", "folk1am" })
        {
            Definitions.Tables.ContainsKey(table).ShouldBeTrue(table);
        }
    }
}
