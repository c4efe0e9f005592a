using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>Whatever a file holds, reading it ends in observations that the store takes, or in faults that the user can read.</summary>
public sealed class FileFuzzTests
{
    private const int Cases = 5_000;

    public static TheoryData<string> Forms => [.. FileForms.All.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Read_DamagedFile_SucceedsOrReportsFaults(string form)
    {
        var (name, content, table) = FileForms.All[form];
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            var damaged = form == "XLSX" && seed % 2 == 0 ? Mutations.DamageInside(content, random) : Mutations.Damage(content, random);
            try
            {
                var (found, _) = FileDefinitions.Read(name, damaged, seed % 3 == 0 ? null : table);
                found.ShouldAllBe(o => o.Value.HasValue != (o.Status == ObservationStatus.Missing || o.Status == ObservationStatus.Suppressed) && (o.Value == null || double.IsFinite(o.Value.Value)));
                read++;
            }
            catch (InputException e)
            {
                e.Problems.Count.ShouldBeInRange(1, 100);
                e.Problems.ShouldAllBe(problem => problem.Rule.Length > 0 && problem.ToString().Length > 0);
                refused++;
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                throw new InvalidOperationException($"{form}, seed {seed}", e);
            }
        }

        // Damage of both kinds must have been tried: some that leaves a readable file, much that does not.
        read.ShouldBeGreaterThan(Cases / 100);
        refused.ShouldBeGreaterThan(Cases / 10);
    }
}
