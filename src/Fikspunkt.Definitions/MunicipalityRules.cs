using Fikspunkt.Definitions.Files;
using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;

namespace Fikspunkt.Definitions;

/// <summary>The rules that hold between municipalities and areas.</summary>
internal static class MunicipalityRules
{
    public static void Check(IReadOnlyList<PlacedMunicipality> rows, string file, IReadOnlyList<PlacedArea> areas, ProblemList problems)
    {
        Place At(PlacedMunicipality row, string column) => new(file, row.Line, column);
        var byCode = rows.GroupBy(row => row.Municipality.Code, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Municipality, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var code = row.Municipality.Code;
            foreach (var neighbour in row.Municipality.Neighbours)
            {
                if (neighbour == code)
                {
                    problems.Add(At(row, "neighbours"), Texts.OwnNeighbour, neighbour);
                }
                else if (byCode.TryGetValue(neighbour, out var other) && !other.Neighbours.Contains(code))
                {
                    problems.Add(At(row, "neighbours"), Texts.NeighbourOneWay, neighbour, Texts.NeighbourBack.With(code, other.Name));
                }
            }
        }

        foreach (var row in rows.GroupBy(row => (row.Municipality.TileColumn, row.Municipality.TileRow)).SelectMany(same => same.Skip(1)))
        {
            problems.Add(At(row, "tile_column"), Texts.TileTaken, $"{row.Municipality.TileColumn},{row.Municipality.TileRow}");
        }

        CheckNames(rows, file, areas, problems);
    }

    /// <summary>No name, code or alias may name two areas.</summary>
    private static void CheckNames(IReadOnlyList<PlacedMunicipality> rows, string file, IReadOnlyList<PlacedArea> areas, ProblemList problems)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var m = row.Municipality;
            Claim([m.Code, m.Name, m.NameEn, .. m.Aliases], m.Code, new Place(file, row.Line, "aliases"));
        }

        foreach (var (area, place) in areas)
        {
            Claim([area.Code, area.Name.Da, area.Name.En, .. area.Aliases], area.Code, place);
        }

        void Claim(IEnumerable<string> names, string code, Place place)
        {
            foreach (var name in names)
            {
                var key = AreaIndex.Key(name);
                if (key.Length > 0 && !owners.TryAdd(key, code) && owners[key] != code)
                {
                    problems.Add(place, Texts.AmbiguousName, name, Texts.NamesOnlyOne.With(owners[key]));
                }
            }
        }
    }
}
