namespace Redactor.Files;

/// <summary>Why a path can't be read, in a few words without the path.</summary>
internal static class FileProblem
{
    public static string Of(Exception unreadable) => unreadable switch
    {
        UnauthorizedAccessException => "can't be read: permission denied",
        FileNotFoundException or DirectoryNotFoundException => "is gone",
        PathTooLongException => "can't be read: the path is too long",
        _ => "can't be read: " + unreadable.Message,
    };
}
