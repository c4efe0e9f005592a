using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Definitions.Tests;

public sealed class ModelYamlTests
{
    [Fact]
    public void EveryModel_WrittenAndReadBack_IsTheSame()
    {
        var real = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
        using var copy = new DefinitionsCopy();
        foreach (var model in real.Models.Values)
        {
            File.WriteAllText(copy.Path($"models/{model.Id}.yaml"), ModelYaml.Write(model));
        }

        var read = DefinitionLoader.Load(copy.Folder);

        read.Models.Count.ShouldBe(real.Models.Count);
        foreach (var model in real.Models.Values)
        {
            JsonSerializer.Serialize(read.Models[model.Id]).ShouldBe(JsonSerializer.Serialize(model));
        }
    }

    [Fact]
    public void Texts_ThatYamlCouldMistake_AreKept()
    {
        var real = DefinitionLoader.Load(RepositoryFiles.Path("definitions")).Models["dst-unemployment"];
        var odd = real with { Id = "odd", Institution = "a: \"b\" # c\n- d {e} 'f' \\ \u0085 æøå", Noise = real.Noise with { Overdispersion = 1.25 } };
        using var copy = new DefinitionsCopy();

        File.WriteAllText(copy.Path("models/odd.yaml"), ModelYaml.Write(odd));

        JsonSerializer.Serialize(DefinitionLoader.Load(copy.Folder).Models["odd"]).ShouldBe(JsonSerializer.Serialize(odd));
    }
}
