using System.Text;
using Fikspunkt.Domain;

namespace Fikspunkt.Definitions.Tests;

public sealed class FuzzTests
{
    private const int Mutations = 2000;
    private const int Seed = 20261120;

    private static readonly string[] Pieces =
        ["\t", "\n", "\r", " ", ":", "- ", "{", "}", "[", "]", "\"", "'", "|", ">", "&a", "*a", "!!int ", "%", "@", "#", "?", "---\n", "...\n", ",", "\0", "\uFEFF", "\u2028", "\uD7FF", "null", "~", "1e999", "-1", "æøå", "<<: *x"];

    /// <summary>Whatever is written into a definition file, the loader succeeds or says what is wrong: it never fails in another way.</summary>
    [Fact]
    public void Load_MutatedFiles_SucceedsOrReportsInput()
    {
        using var copy = new DefinitionsCopy();
        // The tables on one benefit each are alike; a few tables keep 2,000 loads short.
        foreach (var alike in DefinitionsCopy.Files().Where(file => file.StartsWith("tables/y", StringComparison.Ordinal) && file is not ("tables/y30r21.yaml" or "tables/y10a02.yaml")))
        {
            File.Delete(copy.Path(alike));
        }

        var files = DefinitionsCopy.Files().Where(file => File.Exists(copy.Path(file))).ToList();
        var originals = files.ToDictionary(file => file, file => File.ReadAllBytes(copy.Path(file)));
        var random = new Random(Seed);
        var (loaded, refused) = (0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var file = files[random.Next(files.Count)];
            var mutated = Mutate(originals[file], random);
            File.WriteAllBytes(copy.Path(file), mutated);
            try
            {
                copy.Load();
                loaded++;
            }
            catch (InputException exception)
            {
                exception.Problems.ShouldNotBeEmpty();
                exception.Problems.ShouldAllBe(problem => problem.File != null && problem.Rule.Length > 0);
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Mutation {i} of {file}: {Encoding.UTF8.GetString(mutated)}", exception);
            }
            finally
            {
                File.WriteAllBytes(copy.Path(file), originals[file]);
            }
        }

        // Both ends are met: the mutations are neither all harmless nor all fatal.
        loaded.ShouldBeGreaterThan(50);
        refused.ShouldBeGreaterThan(500);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    SwapLines(bytes, random);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void SwapLines(List<byte> bytes, Random random)
    {
        var lines = Encoding.UTF8.GetString([.. bytes]).Split('\n');
        var (a, b) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        bytes.Clear();
        bytes.AddRange(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }
}
