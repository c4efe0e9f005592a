using Fikspunkt.Definitions.Files;
using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions;

/// <summary>Reads <c>definitions/</c> and checks it against its schema and against itself.</summary>
public static class DefinitionLoader
{
    /// <summary>The name of the folder.</summary>
    public const string FolderName = "definitions";

    private const string Municipalities = "municipalities.csv";
    private const string Areas = "areas.yaml";
    private const string RootMarker = "Fikspunkt.slnx";

    /// <summary>Finds the folder: in a checkout of the repository that the program runs from, else beside the program, else in the current folder.</summary>
    /// <remarks>A checkout comes first, so that an edited definition is used without building anew.</remarks>
    /// <exception cref="InputException">None of these places has one.</exception>
    public static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)) && IsDefinitions(Path.Combine(folder.FullName, FolderName)))
            {
                return Path.Combine(folder.FullName, FolderName);
            }
        }

        foreach (var place in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            if (IsDefinitions(Path.Combine(place, FolderName)))
            {
                return Path.Combine(place, FolderName);
            }
        }

        throw new InputException(new InputProblem(Texts.NoFolder, FolderName, Expected: Municipalities));
    }

    /// <summary>Reads and checks every file in the folder.</summary>
    /// <exception cref="InputException">A file is missing, cannot be read or breaks a rule; every fault found is listed with its file, line and column (at most 100).</exception>
    public static DefinitionSet Load(string folder)
    {
        var reader = new FolderReader(folder);
        var municipalities = reader.Csv(Municipalities, MunicipalityFile.Read);
        var areas = reader.Yaml(Areas, AreaFiles.Read) ?? new AreaList([], []);
        var groups = reader.Yaml("benefit-groups.yaml", BenefitGroupFile.Read) ?? [];
        var breaks = reader.Yaml("breaks.yaml", IndicatorFile.ReadBreaks) ?? [];
        var indicators = reader.YamlFolder("indicators", (root, context, _) => IndicatorFile.Read(root, context)).SelectMany(list => list).ToList();
        var tables = reader.YamlFolder("tables", TableFile.Read);
        var models = reader.YamlFolder("models", ModelFile.Read);
        var measurements = reader.YamlFolder("measurements", MeasurementFile.Read);

        MunicipalityRules.Check(municipalities, reader.Shown(Municipalities), areas.Areas, reader.Problems);
        reader.References.Check();
        reader.Problems.ThrowIfAny();

        return new DefinitionSet(
            [.. municipalities.Select(row => row.Municipality).OrderBy(municipality => municipality.Code, StringComparer.Ordinal)],
            [.. areas.Areas.Select(placed => placed.Area)],
            groups,
            indicators.ToDictionary(indicator => indicator.Id, StringComparer.Ordinal),
            tables.ToDictionary(table => table.Id, StringComparer.Ordinal),
            models.ToDictionary(model => model.Id, StringComparer.Ordinal),
            [.. breaks.OrderBy(one => one.Date).ThenBy(one => one.Id, StringComparer.Ordinal)],
            areas.IgnoredLabels)
        {
            Measurements = measurements.ToDictionary(measurement => measurement.Id, StringComparer.Ordinal),
        };
    }

    private static bool IsDefinitions(string folder) => File.Exists(Path.Combine(folder, Municipalities));

    /// <summary>Reads the files of one folder and keeps what they define and what is wrong with them.</summary>
    private sealed class FolderReader
    {
        private readonly string folder;

        public FolderReader(string folder)
        {
            this.folder = Path.GetFullPath(folder);
            References = new References(Problems);
        }

        public ProblemList Problems { get; } = new();

        public References References { get; }

        public string Shown(string name) => $"{Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar))}/{name}";

        public IReadOnlyList<T> Csv<T>(string name, Func<string, Context, IReadOnlyList<T>> read) =>
            Text(name) is { } text ? read(text, ContextOf(name)) : [];

        public T? Yaml<T>(string name, Func<YamlNode, Context, T?> read)
            where T : class
        {
            var context = ContextOf(name);
            return Text(name) is { } text && YamlFile.Parse(text, context) is { } root ? read(root, context) : null;
        }

        public IReadOnlyList<T> YamlFolder<T>(string subfolder, Func<YamlNode, Context, string, T?> read)
            where T : class
        {
            var path = Path.Combine(folder, subfolder);
            if (!Directory.Exists(path))
            {
                Problems.Add(new Place(Shown(subfolder)), Texts.FolderMissing);
                return [];
            }

            return
            [
                .. Directory.GetFiles(path, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
                    .Select(name => Yaml($"{subfolder}/{name}", (root, context) => read(root, context, Path.GetFileNameWithoutExtension(name))))
                    .OfType<T>(),
            ];
        }

        private Context ContextOf(string name) => new(Shown(name), Problems, References);

        private string? Text(string name)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return YamlFile.ReadText(path, Shown(name), Problems);
            }

            Problems.Add(new Place(Shown(name)), Texts.FileMissing);
            return null;
        }
    }
}
