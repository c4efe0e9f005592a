using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Definitions.Reading;

/// <summary>What an id can name.</summary>
internal enum Named
{
    Municipality,
    Region,
    Province,
    CommutingArea,
    OtherArea,
    BenefitGroup,
    Indicator,
    Table,
    Model,
    Measurement,
    Break,
}

/// <summary>The ids that the files define and the ids that they use, compared when all files are read.</summary>
internal sealed class References(ProblemList problems)
{
    private readonly Dictionary<(Named Kind, string Id), Place> defined = [];
    private readonly List<(Named Kind, string Id, Place Place)> used = [];

    /// <summary>Notes that an id is defined here; a second definition is a fault.</summary>
    public void Define(Named kind, string id, Place place)
    {
        if (!defined.TryAdd((kind, id), place))
        {
            var first = defined[(kind, id)];
            problems.Add(place, Texts.DuplicateId, id, Texts.DefinedOnlyOnce.With(first.File, first.Line?.ToString(CultureInfo.InvariantCulture) ?? "-"));
        }
    }

    /// <summary>Notes that an id is used here.</summary>
    public void Use(Named kind, string id, Place place) => used.Add((kind, id, place));

    public bool IsDefined(Named kind, string id) => defined.ContainsKey((kind, id));

    /// <summary>Reports every used id that no file defines.</summary>
    public void Check()
    {
        // Where nothing of a kind could be read, that fault is noted already and would only be repeated at every use.
        var kinds = defined.Keys.Select(key => key.Kind).ToHashSet();
        var isRepeated = problems.Any;
        foreach (var (kind, id, place) in used)
        {
            if (!IsDefined(kind, id) && (kinds.Contains(kind) || !isRepeated))
            {
                var choices = defined.Keys.Where(key => key.Kind == kind).Select(key => key.Id).ToList();
                problems.Add(place, Rule(kind), id, Say.OneOf(id, choices));
            }
        }
    }

    private static string Rule(Named kind) => kind switch
    {
        Named.Municipality => Texts.UnknownMunicipality,
        Named.Region => Texts.UnknownRegion,
        Named.Province => Texts.UnknownProvince,
        Named.CommutingArea => Texts.UnknownCommutingArea,
        Named.BenefitGroup => Texts.UnknownBenefitGroup,
        Named.Indicator => Texts.UnknownIndicator,
        Named.Table => Texts.UnknownTable,
        _ => Texts.UnknownId,
    };
}
