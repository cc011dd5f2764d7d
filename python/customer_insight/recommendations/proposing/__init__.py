"""From strategies to candidates: what each proposes, and the blender that orders what they propose."""
