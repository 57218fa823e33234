using Redactor.Files;

namespace Redactor.Tests.Files;

public sealed class FileTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_come_in_the_order_of_their_names()
    {
        Write("b", "a/z", "a/y", "c");

        Assert.Equal(["a/y", "a/z", "b", "c"], Found());
    }

    [Fact]
    public void What_a_gitignore_names_is_left_out_with_all_that_lies_in_it()
    {
        Write("keep", "out/a", "x/out/b", "a.log");
        folder.Write(".gitignore", "# built\nout/\n*.log\n");

        Assert.Equal([".gitignore", "keep"], Found());
    }

    [Fact]
    public void A_later_line_and_a_deeper_file_take_back()
    {
        Write("a.log", "keep.log", "sub/a.log", "sub/b.log");
        folder.Write(".gitignore", "*.log\n!keep.log\n");
        folder.Write("sub/.gitignore", "!/b.log\n");

        Assert.Equal([".gitignore", "keep.log", "sub/.gitignore", "sub/b.log"], Found());
    }

    [Fact]
    public void Nothing_in_an_ignored_folder_can_be_taken_back()
    {
        Write("out/keep");
        folder.Write(".gitignore", "out/\n!out/keep\n");

        Assert.Equal([".gitignore"], Found());
    }

    [Fact]
    public void Patterns_of_a_deeper_file_start_in_its_folder()
    {
        Write("a", "sub/a", "sub/deep/a");
        folder.Write("sub/.gitignore", "/a\n");

        Assert.Equal(["a", "sub/.gitignore", "sub/deep/a"], Found());
    }

    [Fact]
    public void Inside_a_repository_the_files_above_count_too()
    {
        Write(".git/config", "sub/a.log", "sub/b");
        folder.Write(".gitignore", "/sub/*.log\n");

        Assert.Equal([folder.PathOf("sub/b")], FileTree.Find([folder.PathOf("sub")]).Select(f => f.Path));
        Assert.Equal([".gitignore", "sub/b"], Found());
    }

    [Fact]
    public void A_file_that_is_named_is_found_even_if_it_is_ignored()
    {
        Write("a.log");
        folder.Write(".gitignore", "*.log\n");

        Assert.Equal([new FoundFile(folder.PathOf("a.log"))], FileTree.Find([folder.PathOf("a.log")]));
    }

    [Fact]
    public void Links_are_not_followed()
    {
        Write("a/x");
        Directory.CreateSymbolicLink(folder.PathOf("a/loop"), folder.Path);

        Assert.Equal(["a/x"], Found());
    }

    [Fact]
    public void A_path_that_is_not_there_is_a_problem_and_the_others_are_found()
    {
        Write("a");

        Assert.Equal(
            [new FoundFile(folder.PathOf("none"), "no such file or folder"), new FoundFile(folder.PathOf("a"))],
            FileTree.Find([folder.PathOf("none"), folder.PathOf("a")]));
    }

    [Fact]
    public void An_ignore_file_that_is_too_large_is_a_problem()
    {
        folder.Write(".gitignore", new string('#', FileLimits.MaxIgnoreFile + 1));

        Assert.Equal([folder.Path, folder.PathOf(".gitignore")], FileTree.Find([folder.Path]).Select(f => f.Path));
    }

    private void Write(params string[] names)
    {
        foreach (string name in names)
        {
            folder.Write(name, "x");
        }
    }

    private string[] Found() => [.. FileTree.Find([folder.Path]).Select(file =>
    {
        Assert.Null(file.Problem);
        return Path.GetRelativePath(folder.Path, file.Path);
    })];
}
