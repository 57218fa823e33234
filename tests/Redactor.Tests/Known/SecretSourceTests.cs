using System.Text;
using Redactor.Known;
using Redactor.Known.Sources;
using static Redactor.Tests.Known.KnownTesting;

namespace Redactor.Tests.Known;

public sealed class SecretSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_one_secret_without_the_white_space_around_it()
    {
        Assert.Equal(["=line one\nline two"], await ReadAsync(new FileSource(folder.Write("key", "line one\nline two \r\n"), "key", NoMetadata)));
        Assert.Equal(["="], await ReadAsync(new FileSource(folder.Write("empty", "\n"), "empty", NoMetadata)));
    }

    [Fact]
    public async Task A_mount_of_Kubernetes_shows_its_files_once_under_their_own_names()
    {
        folder.Write("..2026_11_22/api-key", "first");
        folder.Write("..2026_11_22/password", "second");
        Directory.CreateSymbolicLink(folder.PathOf("..data"), "..2026_11_22");
        File.CreateSymbolicLink(folder.PathOf("api-key"), "..data/api-key");
        File.CreateSymbolicLink(folder.PathOf("password"), "..data/password");
        folder.Write("nested/token", "third");

        Assert.Equal(["api-key=first", "nested/token=third", "password=second"], await ReadAsync(new DirectorySource(folder.Path, "", NoMetadata)));
    }

    [Fact]
    public async Task Links_that_lead_in_circles_come_to_an_end()
    {
        folder.Write("key", "value");
        Directory.CreateSymbolicLink(folder.PathOf("loop"), folder.Path);

        Assert.Equal(KnownLimits.MaxFolderDepth + 1, (await ReadAsync(new DirectorySource(folder.Path, "", NoMetadata))).Length);
    }

    [Theory]
    [InlineData("A=one", "A=one")]
    [InlineData("A=one\r\nB=two\n", "A=one|B=two")]
    [InlineData("export A = one", "A=one")]
    [InlineData("# A=one\n\nnothing\n=x", "")]
    [InlineData("A=one # two", "A=one")]
    [InlineData("A=one#two", "A=one#two")]
    [InlineData("A='one # \\n'", "A=one # \\n")]
    [InlineData("A=\"one\\\"\\n\\$two\" # three\nB=four", "A=one\"\n$two|B=four")]
    [InlineData("A=\"line one\nline two\"\nB=x", "A=line one\nline two|B=x")]
    [InlineData("A=\"never closed\nB=x", "A=\"never closed|B=x")]
    [InlineData("A=", "A=")]
    [InlineData("A=\"x\\", "A=\"x\\")]
    public async Task The_lines_of_an_env_file_are_read_as_shells_do(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', await ReadAsync(new EnvFileSource(folder.Write(".env", text), ["*"], "", NoMetadata))));

    [Fact]
    public async Task Only_the_keys_that_were_asked_for_are_taken()
    {
        string file = folder.Write(".env", "API_KEY=one\nHOME=two\nAPI_URL=three\n");

        Assert.Equal(["API_KEY=one"], await ReadAsync(new EnvFileSource(file, ["*_KEY", "TOKEN"], "", NoMetadata)));
    }

    [Fact]
    public async Task Variables_are_those_that_this_process_was_started_with()
    {
        string path = Assert.Single(await ReadAsync(new EnvironmentSource(["PATH"], "", NoMetadata)));

        Assert.Equal("PATH=" + Environment.GetEnvironmentVariable("PATH"), path);
    }

    [Theory]
    [InlineData("{\"data\":{\"data\":{\"a\":\"one\",\"b\":\"t\\u0077o\"},\"metadata\":{\"x\":\"y\"}}}", "data.data", "a=one|b=two")]
    [InlineData("{\"a\":{\"b\":[\"one\",\"two\"],\"n\":5},\"c\":\"three\"}", "", "a-b=one|a-b=two|c=three")]
    [InlineData("\"one\"", "", "=one")]
    [InlineData("{\"a\":\"one\"}", "a", "=one")]
    public void Every_string_of_a_json_document_is_a_secret(string json, string member, string expected)
    {
        using var secrets = new SecretList();
        JsonSecrets.Read(Encoding.UTF8.GetBytes(json), member.Split('.', StringSplitOptions.RemoveEmptyEntries), secrets);

        Assert.Equal(expected, string.Join('|', secrets.Secrets.Select(secret => $"{secret.Name}={Encoding.UTF8.GetString(secret.Value.Span)}")));
    }

    [Theory]
    [InlineData("{\"data\":{}}", "data.data", "the answer has no member data.data")]
    [InlineData("sesame{", "", "the answer is no JSON of at most 16 levels")]
    [InlineData("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "", "the answer is no JSON of at most 16 levels")]
    [InlineData("\"\\ud800 sesame\"", "", "the answer is no JSON of at most 16 levels")]
    public void A_document_that_cannot_be_used_is_refused_without_its_text(string json, string member, string expected)
    {
        using var secrets = new SecretList();

        Assert.Equal(expected, Assert.Throws<SecretSourceException>(() => JsonSecrets.Read(Encoding.UTF8.GetBytes(json), member.Split('.', StringSplitOptions.RemoveEmptyEntries), secrets)).Message);
    }

    [Fact]
    public async Task What_is_not_there_is_refused_by_name()
    {
        var file = await Assert.ThrowsAsync<SecretSourceException>(() => ReadAsync(new FileSource(folder.PathOf("gone"), "gone", NoMetadata)));
        var directory = await Assert.ThrowsAsync<SecretSourceException>(() => ReadAsync(new DirectorySource(folder.PathOf("gone"), "", NoMetadata)));

        Assert.Equal("gone can't be read (no such file)", file.Message);
        Assert.Equal("is no directory that can be listed", directory.Message);
    }

    [Fact]
    public void Memory_for_secrets_is_out_of_reach_in_the_end()
    {
        Memory<byte> small, large;
        using (var memory = new SecretMemory())
        {
            small = memory.Take(10);
            large = memory.Take(2_000_000);
            small.Span.Fill(1);
            large.Span.Fill(2);
            Assert.Equal(-1, small.Span.IndexOfAnyExcept((byte)1));
        }

        Assert.Throws<ObjectDisposedException>(() => small.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => large.Pin());
    }

    [Theory]
    [InlineData("", "OPENAI_API_KEY", "openai-api-key")]
    [InlineData("chat", "OPENAI__API_KEY.", "chat-openai-api-key")]
    [InlineData("prod-chat", "", "prod-chat")]
    [InlineData("", "ключ", "unnamed")]
    public void Names_are_spelled_as_ids(string prefix, string name, string expected)
    {
        Assert.Equal(expected, SecretName.Create(prefix, name));
        Assert.True(SecretName.IsValid(SecretName.Create(prefix, new string('x', 63) + "_" + name)));
    }

    [Theory]
    [InlineData("1234567", "shorter than 8 bytes")]
    [InlineData("ChangeMe", "too common to be masked wherever it stands")]
    [InlineData("localhost", "too common to be masked wherever it stands")]
    [InlineData("20261122", "too common to be masked wherever it stands")]
    [InlineData("ababcbabababcbababababab", "too common to be masked wherever it stands")]
    [InlineData("hunter2x", null)]
    [InlineData("4929384756019283", null)]
    public void What_is_too_short_or_too_common_is_refused(string value, string? reason) => Assert.Equal(reason, ValueCheck.Refuse(Encoding.UTF8.GetBytes(value), 8));
}
