using Fikspunkt.Sources;
using Fikspunkt.Testing;

namespace Fikspunkt.Methods.Tests;

/// <summary>Results computed by others. A folder added there is tested without further code.</summary>
public sealed class ReferenceCaseTests
{
    public static TheoryData<string> Cases { get; } = [.. Folders()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_ReferenceCase_EveryQuantityIsWithinItsTolerance(string name)
    {
        var result = CaseFolder.Check(RepositoryFiles.Shared("reference", name), path => TextTableFile.Read(path));
        result.Refusal.ShouldBeNull();
        result.Quantities.Where(quantity => quantity.Verdict is Verdict.Differs or Verdict.NotComputed).ShouldBeEmpty();
        result.Quantities.Count(quantity => quantity.Verdict == Verdict.Within).ShouldBeGreaterThan(0);
    }

    // Where the shared folder is absent one line remains, which skips with its message.
    private static IEnumerable<string> Folders()
    {
        var shared = Path.GetFullPath(RepositoryFiles.Path("..", "shared", "reference"));
        return Directory.Exists(shared)
            ? Directory.GetDirectories(shared).Where(folder => File.Exists(Path.Combine(folder, "case.json"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)
            : ["ols-dst-2019"];
    }
}
